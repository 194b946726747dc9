package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** certificate-expired, certificate-not-yet-valid: a date of the peer's chain against this JVM's clock. */
final class CertificateDates implements Cause {

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised(Facts.CERTIFICATE_ALERTS)) {
            return Optional.empty();
        }
        Instant now = Instant.ofEpochSecond(0, handshake.failureNanos());
        List<X509Certificate> chain = handshake.certificates(false);
        for (int at = 0; at < chain.size(); at++) {
            Instant ends = chain.get(at).getNotAfter().toInstant();
            Instant begins = chain.get(at).getNotBefore().toInstant();
            if (now.isAfter(ends)) {
                return Optional.of(finding(handshake, chain.get(at), at, "certificate-expired", "ended", ends, now));
            }
            if (now.isBefore(begins)) {
                return Optional.of(
                        finding(handshake, chain.get(at), at, "certificate-not-yet-valid", "begins", begins, now));
            }
        }
        return Optional.empty();
    }

    private static Finding finding(
            Handshake handshake,
            X509Certificate certificate,
            int at,
            String id,
            String verb,
            Instant date,
            Instant now) {
        String peer = handshake.isClient() ? "server" : "client";
        String distance = Facts.duration(Duration.between(date, now).abs());
        String when = verb.equals("ended") ? "ended " + distance + " ago" : "begins in " + distance;
        return new Finding(
                id,
                Confidence.CERTAIN,
                "A certificate of the " + peer + " " + when + ": "
                        + certificate.getSubjectX500Principal().getName() + ".",
                Facts.with(
                        handshake,
                        new Evidence("certificate", Certificates.describe(certificate)),
                        new Evidence("place in the chain", at + (at == 0 ? " (the leaf)" : "")),
                        new Evidence(verb, date.toString()),
                        new Evidence("this JVM's clock", now.toString())),
                List.of(
                        "On the " + peer + ", renew the certificate and restart or reload what serves it.",
                        "If the date of this JVM's clock is wrong, set the clock."));
    }
}
