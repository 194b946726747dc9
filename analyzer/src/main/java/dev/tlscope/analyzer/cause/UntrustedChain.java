package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** empty-trust-store, untrusted-chain, missing-intermediate: no path leads from the peer's chain to an anchor. */
final class UntrustedChain implements Cause {
    /** id-pe-authorityInfoAccess (RFC 5280, 4.2.2.1): says where the issuer's certificate is found, so it is no root. */
    private static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || handshake.certificates(false).isEmpty()) {
            return Optional.empty();
        }
        if (handshake.anchorCount().orElse(-1) == 0) {
            return Optional.of(empty(handshake));
        }
        return hasNoPath(handshake) ? Optional.of(noPath(handshake)) : Optional.empty();
    }

    /** True when no path was found from the peer's chain to an anchor. */
    static boolean hasNoPath(Handshake handshake) {
        return handshake.threw("sun.security.provider.certpath.SunCertPathBuilderException")
                || handshake.setUp(Field.VALIDATION_REASON).contains("NO_TRUST_ANCHOR");
    }

    private static Finding empty(Handshake handshake) {
        return new Finding(
                "empty-trust-store",
                Confidence.CERTAIN,
                "This " + handshake.role() + "'s trust store holds no certificate authority at all.",
                Facts.with(handshake, trust(handshake)),
                List.of(
                        "See which file it reads (-Djavax.net.ssl.trustStore, or the application's own setting): one that is"
                                + " missing counts as empty.",
                        "List it: keytool -list -keystore STORE must show trustedCertEntry."));
    }

    private static Finding noPath(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        X509Certificate top = top(chain);
        String issuer = top.getIssuerX500Principal().getName();
        boolean selfIssued = top.getIssuerX500Principal().equals(top.getSubjectX500Principal());
        boolean leafAlone =
                top.equals(chain.get(0)) && !selfIssued && top.getExtensionValue(AUTHORITY_INFO_ACCESS) != null;
        String peer = handshake.isClient() ? "server" : "client";
        List<Evidence> evidence = List.of(
                new Evidence("chain as sent", Facts.subjects(chain)),
                new Evidence("it stops at", top.getSubjectX500Principal().getName() + ", issued by " + issuer),
                new Evidence("issuer among the anchors", amongAnchors(handshake, top, issuer)),
                new Evidence("anchor that would mend it", mending(top, issuer)),
                trust(handshake));
        List<Evidence> gap = new ArrayList<>(List.of(new Evidence("missing", issuer)));
        gap.addAll(evidence);
        return leafAlone
                ? new Finding(
                        "missing-intermediate",
                        Confidence.LIKELY,
                        "The " + peer + " sent its certificate without the one of its issuer, " + issuer + ".",
                        Facts.with(handshake, gap.toArray(new Evidence[0])),
                        List.of(
                                "On the " + peer + ", send the full chain: the certificate, then every intermediate.",
                                "If " + issuer + " is itself the root, import it into this " + handshake.role()
                                        + "'s trust store."))
                : new Finding(
                        "untrusted-chain",
                        Confidence.CERTAIN,
                        "The " + peer + "'s chain ends at " + issuer + ", which this " + handshake.role()
                                + " does not trust.",
                        Facts.with(handshake, evidence.toArray(new Evidence[0])),
                        List.of(
                                "If you do trust " + issuer
                                        + ", import it: keytool -importcert -file CA.pem -keystore STORE.",
                                "If not, ask why the " + peer
                                        + " shows such a certificate: wrong host, test authority, inspecting proxy."));
    }

    /** By name, and by the key that signed: an authority that got a new key keeps its name (RFC 5280, 4.2.1.1). */
    private static String amongAnchors(Handshake handshake, X509Certificate top, String issuer) {
        List<X509Certificate> anchors = handshake.configuration() == null
                ? List.of()
                : handshake.configuration().anchors();
        Optional<String> signer = KeyIdentifiers.ofIssuer(top);
        Optional<X509Certificate> alike = anchors.stream()
                .filter(anchor -> anchor.getSubjectX500Principal().equals(top.getIssuerX500Principal()))
                .findFirst();
        if (alike.isPresent()) {
            Optional<String> key = KeyIdentifiers.ofSubject(alike.get());
            return signer.isPresent() && key.isPresent() && !signer.equals(key)
                    ? "yes, by name, with another key (subject key identifier " + key.get() + ")"
                    : "yes, by name";
        }
        return handshake.setUp(Field.ANCHOR).contains(issuer) ? "yes, by name" : "no";
    }

    private static String mending(X509Certificate top, String issuer) {
        boolean selfIssued = top.getIssuerX500Principal().equals(top.getSubjectX500Principal());
        return issuer
                + (selfIssued ? KeyIdentifiers.ofSubject(top) : KeyIdentifiers.ofIssuer(top))
                        .map(key -> ", with subject key identifier " + key)
                        .orElse("");
    }

    /** The last certificate that can be reached from the leaf over issuers within the chain. */
    private static X509Certificate top(List<X509Certificate> chain) {
        X509Certificate at = chain.get(0);
        for (int step = 0; step < chain.size(); step++) {
            X509Certificate from = at;
            Optional<X509Certificate> issuer = chain.stream()
                    .filter(other -> !other.equals(from)
                            && other.getSubjectX500Principal().equals(from.getIssuerX500Principal()))
                    .findFirst();
            if (issuer.isEmpty() || from.getIssuerX500Principal().equals(from.getSubjectX500Principal())) {
                return from;
            }
            at = issuer.get();
        }
        return at;
    }

    private static Evidence trust(Handshake handshake) {
        long count = handshake.anchorCount().orElse(-1);
        List<String> manager = handshake.setUp(Field.TRUST_MANAGER);
        return new Evidence(
                "trust anchors",
                (count < 0
                                ? "not visible"
                                : count
                                        + (count > 0 && count < 4
                                                ? " (" + String.join("; ", handshake.setUp(Field.ANCHOR)) + ")"
                                                : ""))
                        + (manager.isEmpty() ? "" : ", " + manager.get(0)));
    }
}
