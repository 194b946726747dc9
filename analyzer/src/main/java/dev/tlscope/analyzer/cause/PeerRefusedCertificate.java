package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** peer-refused-certificate: the peer's alert is about the certificate that we sent (RFC 8446, 6.2). */
final class PeerRefusedCertificate implements Cause {
    static final CauseId PEER_REFUSED_CERTIFICATE = CauseId.of(
            "peer-refused-certificate",
            "The peer refused the certificate that this side sent.",
            "the peer's alert, or its going after our Certificate; what it could dislike, computed from our own chain",
            "Mend the likely reason that is named; the peer's own capture names the exact one.",
            "RFC 8446, 6.2");

    private static final Pattern WEAK_SIGNATURE = Pattern.compile("(?i)(MD[25]|SHA-?1)with");

    @Override
    public List<CauseId> ids() {
        return List.of(PEER_REFUSED_CERTIFICATE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> ours = handshake.certificates(true);
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        if (handshake.receivedAboutCertificate()) {
            return Optional.of(finding(handshake, ours, Confidence.CERTAIN));
        }
        // The peer's alert may be in the socket when our own write fails, and never be read.
        boolean lost = ConnectionLost.mayHaveLostAlert(handshake)
                && (!handshake.completed() || handshake.failedUnanswered())
                && defect(handshake, ours).isPresent();
        return lost
                ? Optional.of(finding(handshake, ours, Confidence.LIKELY)
                        .or(ConnectionLost.refusedProtection(handshake).toArray(new Candidate[0])))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, List<X509Certificate> ours, Confidence confidence) {
        String peer = handshake.peerRole();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("our certificate", Certificates.describe(ours.get(0))));
        handshake.keyPairs().stream()
                .map(pair -> pair.text(Field.ALIAS))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .ifPresent(alias -> evidence.add(new Evidence("alias", alias)));
        evidence.add(new Evidence("chain that we sent", Certificates.subjects(ours)));
        evidence.add(new Evidence("likely reason", reason(handshake, ours)));
        return new Finding(
                PEER_REFUSED_CERTIFICATE,
                confidence,
                confidence == Confidence.CERTAIN
                        ? "The " + peer + " refused this " + handshake.role() + "'s certificate: "
                                + FailureEvidence.alertName(handshake) + "."
                        : "The " + peer + " broke off after our certificate, without an alert that reached us.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "Mend the likely reason above; the " + peer + "'s own log or capture names the exact one.",
                        "See it as the " + peer + " does: openssl s_client -connect HOST:PORT -showcerts."));
    }

    /** What the peer may dislike of our certificate, in few words; empty when we sent none. */
    static Optional<Evidence> likelyReason(Handshake handshake) {
        List<X509Certificate> ours = handshake.certificates(true);
        return ours.isEmpty()
                ? Optional.empty()
                : Optional.of(new Evidence(
                        "likely reason", Certificates.describe(ours.get(0)) + ": " + reason(handshake, ours)));
    }

    private static String reason(Handshake handshake, List<X509Certificate> ours) {
        X509Certificate leaf = ours.get(0);
        return defect(handshake, ours)
                .orElseGet(() -> Certificates.isSelfIssued(leaf)
                        ? "our certificate is self-signed"
                        : "our authority may be unknown there: "
                                + ours.get(ours.size() - 1)
                                        .getIssuerX500Principal()
                                        .getName());
    }

    /** What is wrong with our chain in itself. */
    private static Optional<String> defect(Handshake handshake, List<X509Certificate> ours) {
        Instant now = Instant.ofEpochSecond(0, handshake.failureNanos());
        for (X509Certificate certificate : ours) {
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return Optional.of(certificate.getSubjectX500Principal().getName() + " has expired");
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return Optional.of(certificate.getSubjectX500Principal().getName() + " is not valid yet");
            }
        }
        X509Certificate leaf = ours.get(0);
        String asked = handshake.serverName();
        if (!handshake.isClient() && asked != null && !HostNames.matches(asked, HostNames.comparedWith(asked, leaf))) {
            return Optional.of("the client asked for " + asked + ", the certificate is for "
                    + String.join(", ", HostNames.of(leaf)));
        }
        Optional<String> usage = WrongKeyUsage.lacks(leaf, !handshake.isClient());
        if (usage.isPresent()) {
            return usage;
        }
        Optional<String> weak = ours.stream()
                .filter(certificate ->
                        WEAK_SIGNATURE.matcher(certificate.getSigAlgName()).lookingAt())
                .map(certificate -> certificate.getSubjectX500Principal().getName() + " is signed with "
                        + certificate.getSigAlgName())
                .findFirst();
        if (weak.isPresent()) {
            return weak;
        }
        return ours.size() == 1 && !Certificates.isSelfIssued(leaf)
                ? Optional.of("we sent no intermediate; the issuer "
                        + leaf.getIssuerX500Principal().getName() + " may be unknown there")
                : Optional.empty();
    }
}
