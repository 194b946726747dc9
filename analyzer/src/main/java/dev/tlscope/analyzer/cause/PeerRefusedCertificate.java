package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** peer-refused-certificate: the peer's alert is about the certificate that we sent (RFC 8446, 6.2). */
final class PeerRefusedCertificate implements Cause {

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> ours = handshake.certificates(true);
        boolean fits = handshake.received(Facts.CERTIFICATE_ALERTS) && !ours.isEmpty();
        return fits ? Optional.of(finding(handshake, ours)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake, List<X509Certificate> ours) {
        String peer = handshake.isClient() ? "server" : "client";
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("our certificate", Certificates.describe(ours.get(0))));
        handshake.keyPairs().stream()
                .map(pair -> pair.text(Field.ALIAS))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .ifPresent(alias -> evidence.add(new Evidence("alias", alias)));
        evidence.add(new Evidence("chain that we sent", Facts.subjects(ours)));
        evidence.add(new Evidence("likely reason", reason(handshake, ours)));
        return new Finding(
                "peer-refused-certificate",
                Confidence.CERTAIN,
                "The " + peer + " refused this " + handshake.role() + "'s certificate: " + Facts.alertName(handshake)
                        + ".",
                Facts.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "Mend the likely reason above; the " + peer + "'s own log or capture names the exact one.",
                        "See it as the " + peer + " does: openssl s_client -connect HOST:PORT -showcerts."));
    }

    private static String reason(Handshake handshake, List<X509Certificate> ours) {
        Instant now = Instant.ofEpochSecond(0, handshake.failureNanos());
        for (X509Certificate certificate : ours) {
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return certificate.getSubjectX500Principal().getName() + " has expired";
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return certificate.getSubjectX500Principal().getName() + " is not valid yet";
            }
        }
        X509Certificate leaf = ours.get(0);
        String asked = handshake.serverName();
        if (!handshake.isClient() && asked != null && !HostNames.matches(asked, HostNames.of(leaf))) {
            return "the client asked for " + asked + ", the certificate is for "
                    + String.join(", ", HostNames.of(leaf));
        }
        boolean selfIssued = leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
        if (ours.size() == 1 && !selfIssued) {
            return "we sent no intermediate; the issuer "
                    + leaf.getIssuerX500Principal().getName() + " may be unknown there";
        }
        return (selfIssued ? "our certificate is self-signed" : "our authority may be unknown there: ")
                + (selfIssued
                        ? ""
                        : ours.get(ours.size() - 1).getIssuerX500Principal().getName());
    }
}
