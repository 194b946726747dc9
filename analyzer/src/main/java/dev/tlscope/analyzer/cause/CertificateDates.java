package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.TrustStore;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * certificate-expired, certificate-not-yet-valid: compares the dates of the peer's chain with this JVM's clock, if the
 * validator says that a date is the reason. An expired certificate may not be part of the path: many servers also send
 * an old root.
 */
final class CertificateDates implements Cause {
    static final CauseId CERTIFICATE_EXPIRED = CauseId.of(
            "certificate-expired",
            FixedBy.PEER,
            "A certificate of the peer's chain has expired.",
            "the validator's reason, and its notAfter beside this JVM's clock",
            "Renew it on the peer; or set the clock.",
            "RFC 5280, 4.1.2.5");

    static final CauseId CERTIFICATE_NOT_YET_VALID = CauseId.of(
            "certificate-not-yet-valid",
            FixedBy.EITHER,
            "A certificate of the peer's chain is not valid yet.",
            "the validator's reason, and its notBefore beside this JVM's clock",
            "Set the clock of this machine, or have the certificate reissued.",
            "RFC 5280, 4.1.2.5");

    @Override
    public List<CauseId> ids() {
        return List.of(CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raisedAboutCertificate()) {
            return Optional.empty();
        }
        List<X509Certificate> chain = handshake.certificates(false);
        List<String> reasons = handshake.setUp(Field.VALIDATION_REASON);
        boolean ended = reasons.contains("EXPIRED")
                || handshake.raised(AlertDescription.CERTIFICATE_EXPIRED)
                || handshake.threw("java.security.cert.CertificateExpiredException");
        boolean early = reasons.contains("NOT_YET_VALID")
                || handshake.threw("java.security.cert.CertificateNotYetValidException");
        if (ended || early) {
            return meant(handshake, chain, ended).map(at -> finding(handshake, chain, at, Confidence.CERTAIN));
        }
        return UntrustedChain.hasNoPath(handshake) && !chain.isEmpty()
                ? passedOver(handshake)
                        .map(at -> finding(handshake, chain, at, Confidence.LIKELY)
                                .or(Candidate.possible(
                                        UntrustedChain.UNTRUSTED_CHAIN,
                                        "whether the chain leads to an anchor once it is renewed")))
                : Optional.empty();
    }

    /** An expired or not yet valid certificate in the peer's path, if this side rejected the chain. */
    static Optional<Finding> outOfDate(Handshake handshake) {
        return passedOver(handshake)
                .filter(at -> at >= 0)
                .map(at -> finding(handshake, handshake.certificates(false), at, Confidence.LIKELY));
    }

    /** A path builder skips certificates outside their validity period, and then reports that it found no path. */
    private static Optional<Integer> passedOver(Handshake handshake) {
        IssuerPath path = IssuerPath.of(handshake);
        return path.certificates().stream()
                .limit(path.anchor().isPresent() ? Long.MAX_VALUE : 1)
                .filter(certificate -> isOut(handshake, certificate))
                .map(handshake.certificates(false)::indexOf)
                .findFirst();
    }

    /** The peer's certificates outside their validity period, for a failure that need not be about them. */
    static List<Evidence> facts(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        return IntStream.range(0, chain.size())
                .filter(at -> isOut(handshake, chain.get(at)))
                .mapToObj(at -> new Evidence(
                        "outside its validity period, which need not matter",
                        Certificates.describe(chain.get(at)) + ", place in the chain " + at + ", "
                                + when(handshake, chain.get(at))))
                .toList();
    }

    /** The certificate that the validator names; if it names none, the first that matches. */
    private static Optional<Integer> meant(Handshake handshake, List<X509Certificate> chain, boolean ended) {
        Event failure = handshake.failure();
        int said = failure == null ? -1 : (int) failure.number(Field.VALIDATION_INDEX, -1);
        return IntStream.concat(IntStream.of(said), IntStream.range(0, chain.size()))
                .filter(at -> at >= 0 && at < chain.size())
                .filter(at -> isOut(handshake, chain.get(at)) && hasEnded(handshake, chain.get(at)) == ended)
                .boxed()
                .findFirst();
    }

    private static boolean isOut(Handshake handshake, X509Certificate certificate) {
        return hasEnded(handshake, certificate)
                || now(handshake).isBefore(certificate.getNotBefore().toInstant());
    }

    private static boolean hasEnded(Handshake handshake, X509Certificate certificate) {
        return now(handshake).isAfter(certificate.getNotAfter().toInstant());
    }

    private static Instant now(Handshake handshake) {
        return Instant.ofEpochSecond(0, handshake.failureNanos());
    }

    private static Instant date(Handshake handshake, X509Certificate certificate) {
        return (hasEnded(handshake, certificate) ? certificate.getNotAfter() : certificate.getNotBefore()).toInstant();
    }

    private static String when(Handshake handshake, X509Certificate certificate) {
        String distance = Times.span(
                Duration.between(date(handshake, certificate), now(handshake)).abs());
        return hasEnded(handshake, certificate) ? "expired " + distance + " ago" : "becomes valid in " + distance;
    }

    private static Finding finding(Handshake handshake, List<X509Certificate> chain, int at, Confidence confidence) {
        X509Certificate certificate = chain.get(at);
        boolean ended = hasEnded(handshake, certificate);
        String peer = handshake.peerRole();
        return new Finding(
                ended ? CERTIFICATE_EXPIRED : CERTIFICATE_NOT_YET_VALID,
                confidence,
                "A certificate of the " + peer + " " + when(handshake, certificate) + ": "
                        + certificate.getSubjectX500Principal().getName() + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("certificate", Certificates.describe(certificate)),
                        new Evidence(
                                "place in the chain",
                                at
                                        + (at == 0
                                                ? " (the leaf)"
                                                : Certificates.isSelfIssued(certificate)
                                                        ? " (a root)"
                                                        : " (issued by "
                                                                + certificate
                                                                        .getIssuerX500Principal()
                                                                        .getName()
                                                                + ")")),
                        new Evidence(
                                ended ? "expired" : "valid from",
                                date(handshake, certificate).toString()),
                        new Evidence("this JVM's clock", now(handshake).toString())),
                fix(handshake, chain, at));
    }

    /** The fix depends on the certificate: the peer's own, an intermediate, or a cross-signed or old root. */
    private static List<String> fix(Handshake handshake, List<X509Certificate> chain, int at) {
        X509Certificate certificate = chain.get(at);
        String name = certificate.getSubjectX500Principal().getName();
        String peer = handshake.peerRole();
        String clock = "Check that this JVM's clock is right, " + now(handshake) + ", and set it if not.";
        if (!hasEnded(handshake, certificate)) {
            return List.of(
                    "Compare the clocks: of this machine, " + now(handshake) + ", and of the one that issued " + name
                            + ". A certificate that begins in the future was issued by a clock that is ahead, or is"
                            + " checked by one that is behind.",
                    "Wait until " + date(handshake, certificate)
                            + ", or have it issued with an earlier notBefore once the issuer's clock is right.");
        }
        if (at == 0) {
            return List.of(
                    "On the " + peer + ", renew the certificate of " + name + " and restart or reload what serves it.",
                    clock);
        }
        boolean root = Certificates.isSelfIssued(certificate);
        return List.of(
                "The " + peer + "'s own certificate is not the one that expired: on the " + peer + ", "
                        + (root
                                ? "leave the old root " + name + " out of what it sends"
                                : "replace " + name + " in the chain that it sends by the one that its authority issues"
                                        + " now, or leave it out where it is a cross-signed root")
                        + ".",
                "On this " + handshake.role() + ", import the newer root of that name, or of "
                        + certificate.getIssuerX500Principal().getName()
                        + ", where the trust store has the old one alone: keytool -importcert -file CA.pem -keystore "
                        + TrustStore.of(handshake).keytoolName() + ".",
                clock);
    }
}
