package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.CertificateFields;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.ServerNameSent;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * malformed-message: a certificate of the peer's that java.security.cert does not read, since it lacks a name that RFC
 * 5280 demands, or for another reason that the exception names.
 */
final class UnreadableCertificate implements Cause {
    /** sun.security.ssl.CertificateMessage, for the certificates of either side. */
    private static final String NOT_PARSED = "Failed to parse server certificates";

    private static final String PARSER = "sun.security.ssl.CertificateMessage";

    /** sun.security.x509.X509CertInfo.parse. */
    private static final String NO_ISSUER = "Empty issuer DN not allowed";

    private static final String NO_SUBJECT = "subject field is empty";

    /** Of sun.security.x509: HostnameChecker gets no names out of the extension, and does not go on with the CN. */
    private static final String NAMES_READ = "getSubjectAlternativeNames";

    /**
     * What is missing.
     *
     * @param rule the section that demands it
     * @param need what a new certificate has to have
     */
    private record UnreadableField(String what, String rule, String need) {}

    @Override
    public List<CauseId> ids() {
        return List.of(MalformedMessage.MALFORMED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean parsing = handshake.cameThrough(PARSER) && FailureEvidence.said(handshake, NOT_PARSED);
        boolean naming = handshake.cameThrough(NAMES_READ)
                && FailureEvidence.said(handshake, "java.security.cert.CertificateParsingException");
        if (!handshake.raised() || !(parsing || naming)) {
            return Optional.empty();
        }
        List<CertificateFields> chain = handshake
                .certificateMessage(false)
                .map(message -> Certificates.encoded(message, handshake.isTls13()))
                .orElse(List.of())
                .stream()
                .flatMap(encoded -> CertificateFields.of(encoded).stream())
                .toList();
        for (int place = 0; place < chain.size(); place++) {
            Optional<UnreadableField> fault = fault(handshake, chain.get(place), parsing);
            if (fault.isPresent()) {
                return Optional.of(finding(handshake, fault.get(), chain.get(place), place));
            }
        }
        // a curve that is written out has a cause of its own
        boolean known = FailureEvidence.said(handshake, ExplicitCurve.WORDS);
        return parsing && !known && !chain.isEmpty() ? Optional.of(unnamed(handshake)) : Optional.empty();
    }

    /** The fault that JSSE's words name, if the certificate has it. */
    private static Optional<UnreadableField> fault(
            Handshake handshake, CertificateFields certificate, boolean parsing) {
        if (!parsing) {
            return certificate.alternatives().filter(count -> count == 0).isPresent()
                    ? Optional.of(new UnreadableField(
                            "a subjectAltName extension without any name in it",
                            "subjectAltName has at least one name (RFC 5280, 4.2.1.6)",
                            "the host's name in subjectAltName, or without that extension"))
                    : Optional.empty();
        }
        if (FailureEvidence.said(handshake, NO_ISSUER) && certificate.issuer().isEmpty()) {
            return Optional.of(
                    new UnreadableField(
                            "an empty issuer",
                            "issuer is a name that is not empty (RFC 5280, 4.1.2.4)",
                            "a subject where it is self-signed: openssl req -x509 -subj /CN=HOST; else by an authority that has a name"));
        }
        return FailureEvidence.said(handshake, NO_SUBJECT)
                        && certificate.subject().isEmpty()
                ? Optional.of(new UnreadableField(
                        "an empty subject"
                                + (certificate.alternatives().isPresent()
                                        ? ""
                                        : ", and no subjectAltName in its place"),
                        "with an empty subject, a critical subjectAltName names it (RFC 5280, 4.1.2.6)",
                        "the host's name in subjectAltName, critical where the subject stays empty"))
                : Optional.empty();
    }

    private static Finding finding(
            Handshake handshake, UnreadableField fault, CertificateFields certificate, int place) {
        String peer = handshake.peerRole();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("rule", fault.rule()));
        evidence.add(new Evidence(
                "certificate",
                "place " + place + " in the chain, subject "
                        + (certificate.subject().isEmpty() ? "empty" : certificate.subject()) + ", issuer "
                        + (certificate.issuer().isEmpty() ? "empty" : certificate.issuer())));
        List<String> fix = new ArrayList<>();
        fix.add("On the " + peer + ", have the certificate reissued with " + fault.need() + ".");
        return told(
                handshake,
                "A certificate of the " + peer + "'s has " + fault.what() + ", which this JVM does not read.",
                evidence,
                fix);
    }

    /** JSSE's own words are all that is known. */
    private static Finding unnamed(Handshake handshake) {
        String peer = handshake.peerRole();
        List<String> fix = new ArrayList<>();
        fix.add("On the " + peer + ", have the certificate reissued without what the exception names"
                + FailureEvidence.innermost(handshake)
                        .map(words -> ": " + words)
                        .orElse("") + ".");
        return told(
                handshake,
                "This JVM cannot read a certificate of the " + peer + "'s as an X.509 certificate.",
                new ArrayList<>(),
                fix);
    }

    private static Finding told(Handshake handshake, String summary, List<Evidence> evidence, List<String> fix) {
        boolean nameless = handshake.isClient()
                && handshake
                        .clientHello()
                        .filter(hello -> hello.serverName() == null)
                        .isPresent();
        if (nameless) {
            evidence.add(new Evidence("server_name sent", ServerNameSent.describe(handshake)));
            fix.add(
                    "No server_name was sent, so that this may be the server's default certificate and not the one that was"
                            + " meant. " + ServerNameSent.fix(handshake));
        }
        fix.add("Look at it: openssl s_client -connect HOST:PORT -servername HOST -showcerts, then openssl"
                + " x509 -noout -text.");
        return new Finding(
                MalformedMessage.MALFORMED_MESSAGE,
                Confidence.CERTAIN,
                summary,
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix));
    }
}
