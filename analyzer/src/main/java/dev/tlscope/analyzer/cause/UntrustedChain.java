package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.KeyIdentifiers;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** empty-trust-store, untrusted-chain, missing-intermediate: no path leads from the peer's chain to an anchor. */
final class UntrustedChain implements Cause {
    static final CauseId UNTRUSTED_CHAIN = CauseId.of(
            "untrusted-chain",
            "No trust anchor leads to the peer's chain.",
            "the last issuer that the chain reaches, beside the trust manager's anchors by name and key identifier",
            "Import the missing authority into the trust store that is named, if you do trust it.",
            "RFC 5280, 6.1");

    static final CauseId MISSING_INTERMEDIATE = CauseId.of(
            "missing-intermediate",
            "The peer sent its certificate without the one of its issuer.",
            "a gap in the chain as sent: an issuer that is neither in it nor an anchor, and no root",
            "Send the full chain from the peer.",
            "RFC 5246, 7.4.2; RFC 8446, 4.4.2");

    static final CauseId EMPTY_TRUST_STORE = CauseId.of(
            "empty-trust-store",
            "The trust store holds no certificate authority at all.",
            "the trust manager's number of anchors is 0",
            "Name the right file: one that is missing counts as empty.",
            "RFC 5280, 6.1.1");

    /** id-pe-authorityInfoAccess (RFC 5280, 4.2.2.1): says where the issuer's certificate is found, so it is no root. */
    private static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";

    @Override
    public List<CauseId> ids() {
        return List.of(UNTRUSTED_CHAIN, MISSING_INTERMEDIATE, EMPTY_TRUST_STORE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || handshake.certificates(false).isEmpty()) {
            return Optional.empty();
        }
        if (handshake.anchorCount().orElse(-1) == 0) {
            return Optional.of(empty(handshake));
        }
        if (!hasNoPath(handshake)) {
            return Optional.empty();
        }
        IssuerPath path = IssuerPath.of(handshake);
        return path.anchor()
                .flatMap(anchor -> InvalidChain.validated(handshake, path, anchor))
                .or(() -> Optional.of(noPath(handshake, path)));
    }

    /** True when no path was found from the peer's chain to an anchor. */
    static boolean hasNoPath(Handshake handshake) {
        return handshake.threw("sun.security.provider.certpath.SunCertPathBuilderException")
                || handshake.setUp(Field.VALIDATION_REASON).contains("NO_TRUST_ANCHOR");
    }

    private static Finding empty(Handshake handshake) {
        return new Finding(
                EMPTY_TRUST_STORE,
                Confidence.CERTAIN,
                "This " + handshake.role() + "'s trust store holds no certificate authority at all.",
                FailureEvidence.with(handshake, trust(handshake)),
                List.of(
                        "See which file it reads (-Djavax.net.ssl.trustStore, or the application's own setting): one that is"
                                + " missing counts as empty.",
                        "List it: keytool -list -keystore STORE must show trustedCertEntry."));
    }

    private static Finding noPath(Handshake handshake, IssuerPath path) {
        List<X509Certificate> chain = handshake.certificates(false);
        X509Certificate top = path.top();
        String issuer = top.getIssuerX500Principal().getName();
        boolean leafAlone = top.equals(chain.get(0))
                && !Certificates.isSelfIssued(top)
                && top.getExtensionValue(AUTHORITY_INFO_ACCESS) != null;
        String peer = handshake.peerRole();
        List<Evidence> evidence = new ArrayList<>(List.of(
                new Evidence("chain as sent", Certificates.subjects(chain)),
                new Evidence("it stops at", top.getSubjectX500Principal().getName() + ", issued by " + issuer),
                new Evidence("issuer among the anchors", amongAnchors(handshake, path, issuer)),
                new Evidence("anchor that would mend it", mending(top, issuer)),
                trust(handshake)));
        evidence.addAll(CertificateDates.facts(handshake));
        if (isTrusted(handshake, path, issuer)) {
            return unexplained(handshake, issuer, evidence);
        }
        List<Evidence> gap = new ArrayList<>(List.of(new Evidence("missing", issuer)));
        gap.addAll(evidence);
        return leafAlone
                ? new Finding(
                        MISSING_INTERMEDIATE,
                        Confidence.LIKELY,
                        "The " + peer + " sent its certificate without the one of its issuer, " + issuer + ".",
                        FailureEvidence.with(handshake, gap.toArray(new Evidence[0])),
                        List.of(
                                "On the " + peer + ", send the full chain: the certificate, then every intermediate.",
                                "If " + issuer + " is itself the root, import it into this " + handshake.role()
                                        + "'s trust store."))
                : new Finding(
                        UNTRUSTED_CHAIN,
                        Confidence.CERTAIN,
                        "The " + peer + "'s chain ends at " + issuer + ", which this " + handshake.role()
                                + " does not trust.",
                        FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                        List.of(
                                "If you do trust " + issuer
                                        + ", import it: keytool -importcert -file CA.pem -keystore STORE.",
                                "If not, ask why the " + peer
                                        + " shows such a certificate: wrong host, test authority, inspecting proxy."));
    }

    /** True when the issuer is an anchor, as far as it can be told: by its key, else by its name. */
    private static boolean isTrusted(Handshake handshake, IssuerPath path, String issuer) {
        return path.anchorsByName().isEmpty()
                ? handshake.setUp(Field.ANCHOR).contains(issuer)
                : path.anchor().isPresent();
    }

    private static Finding unexplained(Handshake handshake, String issuer, List<Evidence> evidence) {
        String peer = handshake.peerRole();
        return new Finding(
                        UNTRUSTED_CHAIN,
                        Confidence.POSSIBLE,
                        "No path was found from the " + peer
                                + "'s certificate to an anchor, although its chain ends at " + issuer
                                + ", which is one by name.",
                        FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                        List.of(
                                "Have JSSE tell why each certificate was passed over: -Djava.security.debug=certpath.",
                                "On the " + peer
                                        + ", send the chain in order: the certificate, then each one's issuer."))
                .or(
                        Candidate.possible(
                                ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                                "the policy of this JVM forbids a certificate"),
                        Candidate.possible(
                                CertificateDates.CERTIFICATE_EXPIRED, "a certificate of the path is out of its dates"));
    }

    /** By name, and by the key that signed: an authority that got a new key keeps its name (RFC 5280, 4.2.1.1). */
    private static String amongAnchors(Handshake handshake, IssuerPath path, String issuer) {
        List<X509Certificate> alike = path.anchorsByName();
        if (alike.isEmpty()) {
            return handshake.setUp(Field.ANCHOR).contains(issuer) ? "yes, by name" : "no";
        }
        return path.anchor().isPresent()
                ? "yes, and it signed"
                : "yes, by name, with another key"
                        + KeyIdentifiers.ofSubject(alike.get(0))
                                .map(key -> " (subject key identifier " + key + ")")
                                .orElse("");
    }

    private static String mending(X509Certificate top, String issuer) {
        return issuer
                + (Certificates.isSelfIssued(top) ? KeyIdentifiers.ofSubject(top) : KeyIdentifiers.ofIssuer(top))
                        .map(key -> ", with subject key identifier " + key)
                        .orElse("");
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
