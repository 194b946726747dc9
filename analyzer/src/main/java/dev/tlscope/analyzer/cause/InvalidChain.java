package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.ExtensionFacts;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.LackingAlgorithm;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * certificate-constraints, untrusted-chain: a certificate of the peer's chain may not be used in its position (RFC
 * 5280, 6.1). The validator says which one and why; if a path builder only says that it found no path, this class
 * validates the path.
 */
final class InvalidChain implements Cause {
    private static final String WRONG_SIGNATURE = "INVALID_SIGNATURE";

    private static final String TOO_LONG = "PATH_TOO_LONG";

    private static final String UNKNOWN_EXTENSION = "UNRECOGNIZED_CRIT_EXT";

    /**
     * sun.security.provider.certpath.PolicyChecker rejects it, because PKIXParameters.getPolicyQualifiersRejected is
     * true by default.
     */
    private static final String QUALIFIERS = "critical policy qualifiers present in certificate";

    /**
     * Descriptions of what is wrong with the rejected certificate, by java.security.cert.PKIXReason and BasicReason.
     */
    private static final Map<String, String> WRONG = Map.of(
            WRONG_SIGNATURE,
            "is not signed with the key that its issuer has in the chain or among the anchors",
            "NAME_CHAINING",
            "does not name the certificate above it as its issuer",
            "NOT_CA_CERT",
            "has issued another and is not a CA certificate (basicConstraints)",
            TOO_LONG,
            "is a CA certificate where an issuer's pathLenConstraint allows no more of them",
            "INVALID_NAME",
            "has a name that an issuer's nameConstraints do not permit",
            "INVALID_KEY_USAGE",
            "has issued another and may not (keyUsage without keyCertSign)",
            "INVALID_POLICY",
            "breaks a rule for certificate policies",
            UNKNOWN_EXTENSION,
            "has a critical extension that this JDK does not recognise");

    @Override
    public List<CauseId> ids() {
        return List.of(UntrustedChain.UNTRUSTED_CHAIN, ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        Event failure = handshake.failure();
        if (failure == null || !handshake.raisedAboutCertificate() || chain.isEmpty()) {
            return Optional.empty();
        }
        if (LackingAlgorithm.of(handshake).isPresent()) {
            return Optional.empty(); // the validator's reason then only means that it could not check the revocation
        }
        int at = (int) failure.number(Field.VALIDATION_INDEX, -1);
        return handshake.setUp(Field.VALIDATION_REASON).stream()
                .filter(WRONG::containsKey)
                .findFirst()
                .map(reason -> finding(handshake, Confidence.CERTAIN, reason, chain, at));
    }

    /**
     * What is wrong with a path to an anchor, according to this JVM's validator; empty if that is none of the reasons
     * known here.
     */
    static Optional<Finding> validated(Handshake handshake, IssuerPath path, X509Certificate anchor) {
        List<X509Certificate> below = path.certificates().stream()
                .filter(certificate -> !certificate.equals(anchor))
                .toList();
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(Instant.ofEpochSecond(0, handshake.failureNanos())));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(e.getReason().toString())
                    .filter(WRONG::containsKey)
                    .map(reason -> finding(handshake, Confidence.LIKELY, reason, below, e.getIndex()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The certificates of the path whose pathLenConstraint is smaller than the number of CA certificates below them. */
    private static List<Evidence> limits(List<X509Certificate> path) {
        List<Evidence> limits = new ArrayList<>();
        for (int i = 1; i < path.size(); i++) {
            X509Certificate authority = path.get(i);
            int allowed = authority.getBasicConstraints();
            // certificates that are issued to their own issuer do not count (RFC 5280, 4.2.1.9)
            long below = path.subList(1, i).stream()
                    .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                    .count();
            if (allowed >= 0 && allowed < below) {
                limits.add(new Evidence(
                        "pathLenConstraint of "
                                + authority.getSubjectX500Principal().getName(),
                        allowed + ", and " + below + " CA certificates stand below it"));
            }
        }
        return limits;
    }

    /** @param at position in the path; negative when not known */
    private static Finding finding(
            Handshake handshake, Confidence confidence, String reason, List<X509Certificate> path, int at) {
        String peer = handshake.peerRole();
        Optional<X509Certificate> stopped = at >= 0 && at < path.size() ? Optional.of(path.get(at)) : Optional.empty();
        boolean signature = reason.equals(WRONG_SIGNATURE);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "certificate",
                stopped.map(certificate -> Certificates.describe(certificate) + ", place in the path " + at)
                        .orElse("not told")));
        evidence.add(new Evidence("rule", reason));
        if (reason.equals(TOO_LONG)) {
            limits(path).forEach(evidence::add);
        }
        evidence.add(new Evidence(
                "said by",
                confidence == Confidence.CERTAIN
                        ? "the validator of this JVM"
                        : "tlscope, which validated the certificates as captured; JSSE found no path"));
        evidence.add(new Evidence("chain as sent", Certificates.subjects(handshake.certificates(false))));
        List<String> fix = new ArrayList<>(particular(handshake, reason, stopped));
        if (fix.isEmpty()) {
            fix.add(
                    signature
                            ? "Check whether the issuer got a new key: then have the " + peer
                                    + " send its new certificate, or import it where it is an anchor."
                            : "On the " + peer
                                    + ", serve a certificate and intermediates that its authority has issued for"
                                    + " this: neither their order nor trust changes what breaks the rule.");
        }
        fix.add("Look at them: openssl x509 -noout -text -in CERTIFICATE.pem.");
        return new Finding(
                signature ? UntrustedChain.UNTRUSTED_CHAIN : ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                confidence,
                stopped.map(certificate -> certificate.getSubjectX500Principal().getName())
                                .orElse("A certificate")
                        + " of the " + peer + "'s chain " + wrong(handshake, reason, stopped) + ".",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix);
    }

    private static String wrong(Handshake handshake, String reason, Optional<X509Certificate> stopped) {
        if (FailureEvidence.said(handshake, QUALIFIERS)) {
            return "has a critical certificatePolicies extension with policy qualifiers, which this side's trust manager refuses";
        }
        Set<String> unknown = reason.equals(UNKNOWN_EXTENSION)
                ? stopped.map(ExtensionFacts::unknownCritical).orElse(Set.of())
                : Set.of();
        return WRONG.get(reason) + (unknown.isEmpty() ? "" : ": " + String.join(", ", unknown));
    }

    /** The fix, if the reason or its text determines it. */
    private static List<String> particular(Handshake handshake, String reason, Optional<X509Certificate> stopped) {
        if (FailureEvidence.said(handshake, QUALIFIERS)) {
            return List.of(
                    "Have "
                            + stopped.map(one -> one.getSubjectX500Principal().getName())
                                    .orElse("the certificate")
                            + " reissued with certificatePolicies that is not critical, or has no qualifiers.",
                    "Or let this " + handshake.role()
                            + " take them: setPolicyQualifiersRejected(false) on the PKIXBuilderParameters that the trust"
                            + " manager is made with (CertPathTrustManagerParameters).");
        }
        Set<String> unknown = reason.equals(UNKNOWN_EXTENSION)
                ? stopped.map(ExtensionFacts::unknownCritical).orElse(Set.of())
                : Set.of();
        return unknown.isEmpty()
                ? List.of()
                : List.of("Have the certificate reissued with the extension " + String.join(", ", unknown)
                        + " not critical, or without it: an implementation that does not recognise a critical"
                        + " extension must reject it (RFC 5280, 4.2).");
    }
}
