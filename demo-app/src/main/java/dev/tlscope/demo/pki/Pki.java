package dev.tlscope.demo.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demo's keys and certificates, made anew by every run, so that none of them expires in the repository.
 *
 * <p>Identities go by name: {@code client}, and for both {@code -rsa} and {@code -ec} what a server may present:
 *
 * <ul>
 *   <li>{@code server}: the right one; {@code other}: of another host;
 *   <li>{@code mismatched}: the server's certificate with the other's key;
 *   <li>{@code expired}, {@code untrusted} (of an authority that no client trusts), {@code incomplete} (no intermediate).
 * </ul>
 */
public final class Pki {
    private final X509Certificate root;
    private final Map<String, Identity> identities;

    private Pki(X509Certificate root, Map<String, Identity> identities) {
        this.root = root;
        this.identities = identities;
    }

    public static Pki create() throws GeneralSecurityException, IOException {
        Authority root = Authority.root(CertificateProfile.authority("tlscope demo root"));
        Authority issuing = root.intermediate(CertificateProfile.authority("tlscope demo issuing"));
        Authority stranger = Authority.root(CertificateProfile.authority("Somebody else's root"))
                .intermediate(CertificateProfile.authority("Somebody else's issuing CA"));
        CertificateProfile server = CertificateProfile.server(
                "orders.demo.internal",
                "payments.demo.internal",
                "partner.demo.internal",
                "legacy.demo.internal",
                "localhost",
                "127.0.0.1");
        Map<String, Identity> made = new LinkedHashMap<>();
        for (String type : new String[] {"rsa", "ec"}) {
            String algorithm = type.equals("ec") ? "EC" : "RSA";
            // The alias names the service and the year of renewal, as an operator's would.
            String alias = type.equals("ec") ? "orders-2026-ec" : "orders-2026";
            KeyPair keys = Authority.newKeys(algorithm);
            Identity right = issuing.issue(server, alias, keys);
            Identity other = issuing.issue(
                    CertificateProfile.server("billing.demo.internal"), "billing-2026", Authority.newKeys(algorithm));
            made.put("server-" + type, right);
            made.put("other-" + type, other);
            made.put("mismatched-" + type, right.withKeyOf(other));
            made.put("expired-" + type, issuing.issue(server.expired(), alias, keys));
            made.put("untrusted-" + type, stranger.issue(server, alias, keys));
            made.put("incomplete-" + type, right.withoutIssuers());
        }
        CertificateProfile client = CertificateProfile.client("batch.partner.example");
        made.put("client", issuing.issue(client, "batch-client", Authority.newKeys("EC")));
        return new Pki(root.certificate(), made);
    }

    /** Reads what dev.tlscope.it.peer.MakePki wrote. */
    public static Pki load(Path directory) throws GeneralSecurityException, IOException {
        PkiDirectory files = new PkiDirectory(directory);
        return new Pki(files.root(), files.identities());
    }

    public X509Certificate root() {
        return root;
    }

    public Map<String, Identity> identities() {
        return Collections.unmodifiableMap(identities);
    }

    public Identity identity(String name) {
        @Nullable Identity identity = identities.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("no identity " + name + " in " + identities.keySet());
        }
        return identity;
    }
}
