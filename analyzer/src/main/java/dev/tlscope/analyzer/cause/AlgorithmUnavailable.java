package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Curves;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.LackingAlgorithm;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** algorithm-unavailable: JSSE asked for an algorithm or curve that no provider of this JVM has. */
final class AlgorithmUnavailable implements Cause {
    static final CauseId ALGORITHM_UNAVAILABLE = CauseId.of(
            "algorithm-unavailable",
            FixedBy.THIS_SIDE,
            "This JVM has no provider for an algorithm, curve or key type that the handshake needs.",
            "NoSuchAlgorithmException, or a provider's words about a curve, in the exception chain; the certificate that uses it;"
                    + " the JVM's version and providers",
            "Use an algorithm that this JDK has; or bring back what provides it: a newer JDK, a module, a provider.",
            "RFC 8446, 4.2.3; RFC 8446, 4.2.7");

    private static final String VERSION = "java.runtime.version";

    @Override
    public List<CauseId> ids() {
        return List.of(ALGORITHM_UNAVAILABLE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return handshake.raised()
                ? LackingAlgorithm.of(handshake).map(lacking -> finding(handshake, lacking))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, LackingAlgorithm lacking) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("not in this JVM", lacking.name()));
        evidence.add(new Evidence("said by", lacking.words()));
        Optional<X509Certificate> user = user(handshake, lacking);
        user.ifPresent(certificate -> {
            evidence.add(new Evidence("used by", Certificates.describe(certificate)));
            evidence.add(new Evidence(
                    "its key",
                    certificate.getPublicKey().getAlgorithm()
                            + Curves.of(certificate.getPublicKey())
                                    .map(curve -> " on curve " + curve)
                                    .orElse("")
                            + ", signed with " + certificate.getSigAlgName()));
        });
        handshake.policy(VERSION).ifPresent(version -> evidence.add(new Evidence("this JVM", version)));
        Configuration configuration = handshake.configuration();
        boolean providers = configuration != null && !configuration.providers().isEmpty();
        if (configuration != null && providers) {
            evidence.add(new Evidence("providers", String.join(", ", configuration.providers())));
        }
        List<String> fix = new ArrayList<>();
        fix.add(lacking.remedy());
        fix.add("Or have the certificates and groups of the " + handshake.peerRole()
                + " use what every JDK has: RSA of 2048 bits or more, or EC on secp256r1 or secp384r1.");
        return new Finding(
                ALGORITHM_UNAVAILABLE,
                providers || user.isPresent() ? Confidence.CERTAIN : Confidence.LIKELY,
                "This " + handshake.role() + "'s JVM has no " + lacking.name()
                        + (FailureEvidence.pathFailed(handshake)
                                ? ", which a certificate of the " + handshake.peerRole() + "'s chain needs."
                                : ", which this handshake needs."),
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix);
    }

    /** The first certificate of the peer, or anchor that signed one, that uses the algorithm. */
    private static Optional<X509Certificate> user(Handshake handshake, LackingAlgorithm lacking) {
        List<X509Certificate> chain = handshake.certificates(false);
        List<X509Certificate> anchors = handshake.configuration() == null
                ? List.of()
                : handshake.configuration().anchors();
        return Stream.concat(
                        chain.stream(),
                        anchors.stream()
                                .filter(anchor -> chain.stream()
                                        .anyMatch(one ->
                                                one.getIssuerX500Principal().equals(anchor.getSubjectX500Principal()))))
                .filter(lacking::isUsedBy)
                .findFirst();
    }
}
