package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.OwnCertificateFaults;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** wrong-key-usage: the peer's certificate does not allow use in that role (RFC 5280, 4.2.1.12). */
final class WrongKeyUsage implements Cause {
    static final CauseId WRONG_KEY_USAGE = CauseId.of(
            "wrong-key-usage",
            FixedBy.PEER,
            "The certificate is not meant for this role.",
            "its extended key usage and key usage beside the peer's role",
            "Have a certificate issued with serverAuth or clientAuth.",
            "RFC 5280, 4.2.1.12; RFC 5280, 4.2.1.3");

    /** EndEntityChecker.checkTLSServer, when its caller is wrong: Conscrypt calls it with GENERIC in TLS 1.3. */
    private static final String UNKNOWN_TYPE = "Unknown authType";

    @Override
    public List<CauseId> ids() {
        return List.of(WRONG_KEY_USAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        boolean fits = handshake.raisedAboutCertificate()
                && handshake.cameThrough("validator.EndEntityChecker")
                && !FailureEvidence.said(handshake, UNKNOWN_TYPE)
                && !DistrustedAuthority.isMeant(handshake)
                && !chain.isEmpty();
        if (!fits) {
            return Optional.empty();
        }
        return issuedAnother(chain)
                ? Optional.of(reversed(handshake, chain))
                : Optional.of(finding(handshake, chain.get(0)));
    }

    /** The first certificate must be the sender's own (RFC 5246, 7.4.2; RFC 8446, 4.4.2), not an authority's. */
    private static boolean issuedAnother(List<X509Certificate> chain) {
        X509Certificate first = chain.get(0);
        return first.getBasicConstraints() >= 0
                && chain.stream()
                        .skip(1)
                        .anyMatch(other -> !other.equals(first)
                                && other.getIssuerX500Principal().equals(first.getSubjectX500Principal()));
    }

    private static Finding reversed(Handshake handshake, List<X509Certificate> chain) {
        String peer = handshake.peerRole();
        String first = chain.get(0).getSubjectX500Principal().getName();
        return new Finding(
                WRONG_KEY_USAGE,
                Confidence.LIKELY,
                "The first certificate that the " + peer + " sent is not its own but an authority's, " + first
                        + ", which issued another of its chain: the chain is not in order.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("chain as sent", Certificates.subjects(chain)),
                        new Evidence("certificate", Certificates.describe(chain.get(0))),
                        new Evidence("order", "the " + peer + "'s own certificate comes first (RFC 8446, 4.4.2)")),
                List.of("On the " + peer
                        + ", put the chain in order: its own certificate, then each one's issuer. keytool -list -v shows the"
                        + " chain of an entry."));
    }

    private static Finding finding(Handshake handshake, X509Certificate leaf) {
        String role = handshake.isClient() ? "serverAuth (1.3.6.1.5.5.7.3.1)" : "clientAuth (1.3.6.1.5.5.7.3.2)";
        boolean extended =
                OwnCertificateFaults.usage(leaf, handshake.isClient()).isPresent();
        String needed = extended
                ? "extended key usage contains " + role
                : "key usage allows what the handshake does: digitalSignature, keyEncipherment for RSA key exchange";
        return new Finding(
                WRONG_KEY_USAGE,
                Confidence.CERTAIN,
                "The peer's certificate is not meant for this role: "
                        + leaf.getSubjectX500Principal().getName() + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("needed", extended ? role : needed),
                        new Evidence("extended key usage", usage(leaf)),
                        new Evidence("certificate", Certificates.describe(leaf))),
                List.of("Have a certificate issued whose " + needed + "."));
    }

    private static String usage(X509Certificate leaf) {
        try {
            List<String> usage = leaf.getExtendedKeyUsage();
            return usage == null ? "absent; the key usage forbids it" : String.join(", ", usage);
        } catch (CertificateParsingException e) {
            return "does not parse";
        }
    }
}
