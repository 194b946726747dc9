package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Curves;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.Policy;
import dev.tlscope.analyzer.evidence.PolicyEntry;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * certificate-constraints: the policy entry that forbids the certificate at which the validator stopped (its
 * AlgorithmChecker).
 */
final class ForbiddenAlgorithm {
    static final CauseId CERTIFICATE_CONSTRAINTS = CauseId.of(
            "certificate-constraints",
            FixedBy.PEER,
            "This JVM's policy forbids an algorithm or key size of the peer's chain, or one of its certificates breaks a"
                    + " constraint of the chain.",
            "the validator's reason, index and words, with the entry of jdk.certpath.disabledAlgorithms or"
                    + " jdk.tls.disabledAlgorithms that fits",
            "Have the named certificate reissued, with what the rule asks for.",
            "RFC 8446, 4.4.2.4; RFC 5280, 6.1");

    private ForbiddenAlgorithm() {}

    static Finding finding(Handshake handshake, List<X509Certificate> chain) {
        Optional<X509Certificate> which = stoppedAt(handshake, chain);
        Optional<X509Certificate> issuer = which.flatMap(certificate -> forbiddenIssuer(handshake, certificate));
        Optional<String> rule = which.flatMap(certificate -> rule(handshake, certificate));
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("rule", rule.orElse("not found among the captured entries without a condition")));
        issuer.ifPresent(above -> evidence.add(new Evidence(
                "issuer's key",
                above.getSubjectX500Principal().getName() + ", "
                        + above.getPublicKey().getAlgorithm()
                        + Curves.of(above.getPublicKey())
                                .map(curve -> " on curve " + curve)
                                .orElse(", " + PolicyEntry.size(above.getPublicKey()) + " bits"))));
        which.ifPresent(certificate -> evidence.addAll(List.of(
                new Evidence(
                        "certificate",
                        Certificates.describe(certificate) + ", place in the chain " + chain.indexOf(certificate)),
                new Evidence("signature algorithm", certificate.getSigAlgName()),
                new Evidence(
                        "key",
                        certificate.getPublicKey().getAlgorithm() + ", " + PolicyEntry.size(certificate.getPublicKey())
                                + " bits"))));
        for (String property : Policy.ofCertificates(handshake)) {
            evidence.add(new Evidence(property, handshake.policy(property).orElse("not captured")));
        }
        return new Finding(
                CERTIFICATE_CONSTRAINTS,
                Confidence.CERTAIN,
                issuer.isPresent()
                        ? "Policy forbids the key of "
                                + issuer.get().getSubjectX500Principal().getName()
                                + ", which signed a certificate of the peer."
                        : "Policy forbids an algorithm or key size in the peer's certificates.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "Have the certificate reissued, "
                                + (issuer.isPresent()
                                        ? "by an authority with a key"
                                        : isAboutKey(handshake) ? "with a key" : "with a key or signature")
                                + " that "
                                + rule.map(entry -> "is not forbidden by " + entry)
                                        .orElse("policy allows") + ".",
                        "The rule is in conf/security/java.security of this JVM (JDK 8: lib/security), or in the file that"
                                + " -Djava.security.properties names."));
    }

    /** By the validator's index; without an index, the certificate that breaks a rule, if only one does. */
    private static Optional<X509Certificate> stoppedAt(Handshake handshake, List<X509Certificate> chain) {
        Event failure = handshake.failure();
        int at = failure == null ? -1 : (int) failure.number(Field.VALIDATION_INDEX, -1);
        if (at >= 0 && at < chain.size()) {
            return Optional.of(chain.get(at));
        }
        List<X509Certificate> breaking = chain.stream()
                .filter(certificate -> rule(handshake, certificate).isPresent())
                .toList();
        return breaking.size() == 1 ? Optional.of(breaking.get(0)) : Optional.empty();
    }

    /**
     * True when the exception names a key, as in "on key RSA with size of 2048bits"; otherwise it may be the signature.
     */
    private static boolean isAboutKey(Handshake handshake) {
        return FailureEvidence.said(handshake, "check failed on key ")
                || FailureEvidence.said(handshake, "check failed on keysize limits");
    }

    private static Optional<String> rule(Handshake handshake, X509Certificate certificate) {
        return ownRule(handshake, certificate)
                .or(() -> forbiddenIssuer(handshake, certificate)
                        .flatMap(issuer -> keyRule(handshake, issuer.getPublicKey())));
    }

    private static Optional<String> ownRule(Handshake handshake, X509Certificate certificate) {
        Optional<String> signature = isAboutKey(handshake)
                ? Optional.empty()
                : first(handshake, property -> Policy.forbiddingSignature(handshake, property, certificate));
        return signature.or(() -> keyRule(handshake, certificate.getPublicKey()));
    }

    /** The issuer's certificate, if its key is forbidden: it may be an anchor, which the validator does not name. */
    private static Optional<X509Certificate> forbiddenIssuer(Handshake handshake, X509Certificate certificate) {
        List<X509Certificate> anchors = handshake.configuration() == null
                ? List.of()
                : handshake.configuration().anchors();
        return ownRule(handshake, certificate).isPresent()
                ? Optional.empty()
                : Stream.concat(handshake.certificates(false).stream(), anchors.stream())
                        .filter(issuer -> !issuer.equals(certificate)
                                && IssuerPath.signature(certificate, issuer) != IssuerPath.Signature.DIFFERS)
                        .filter(issuer ->
                                keyRule(handshake, issuer.getPublicKey()).isPresent())
                        .findFirst();
    }

    private static Optional<String> keyRule(Handshake handshake, PublicKey key) {
        return first(handshake, property -> Policy.forbiddingKey(handshake, property, key));
    }

    private static Optional<String> first(Handshake handshake, Function<String, List<PolicyEntry>> entries) {
        return Policy.ofCertificates(handshake).stream()
                .flatMap(property -> entries.apply(property).stream()
                        .filter(entry -> !entry.conditional())
                        .map(entry -> entry.text() + " in " + Policy.place(handshake, property)))
                .findFirst();
    }
}
