package dev.tlscope.demo.tls;

import dev.tlscope.demo.pki.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Creates an SSLContext as applications do: key store, key manager factory, trust manager factory, "TLS". */
public final class TlsContexts {
    private TlsContexts() {}

    /** A context that trusts one root and presents one of these identities, or none. */
    public static SSLContext of(X509Certificate root, Identity... identities)
            throws GeneralSecurityException, IOException {
        return of("TLS", root, identities);
    }

    /** A context for TLS or DTLS. */
    public static SSLContext of(String kind, X509Certificate root, Identity... identities)
            throws GeneralSecurityException, IOException {
        KeyStore anchors = emptyStore();
        anchors.setCertificateEntry("demo-root", root);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance(kind);
        context.init(keyManagers(identities), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keyManagers(Identity... identities) throws GeneralSecurityException, IOException {
        KeyStore keys = emptyStore();
        for (Identity identity : Arrays.asList(identities)) {
            identity.addTo(keys);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, Identity.PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
