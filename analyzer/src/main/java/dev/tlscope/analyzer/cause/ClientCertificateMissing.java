package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** client-certificate-missing: the server demands a certificate, the client sent an empty Certificate message. */
final class ClientCertificateMissing implements Cause {
    static final CauseId CLIENT_CERTIFICATE_MISSING = CauseId.of(
            "client-certificate-missing",
            "The server demands a client certificate, and the client sent none.",
            "an empty Certificate message; the CertificateRequest beside what the key manager had",
            "Give the client a certificate of an authority and key type that the server asks for.",
            "RFC 8446, 4.4.2.4; RFC 5246, 7.4.6");

    /** bad_certificate, handshake_failure, certificate_required (RFC 8446, 4.4.2.4; RFC 5246, 7.4.6). */
    private static final AlertDescription[] ALERTS = {
        AlertDescription.HANDSHAKE_FAILURE, AlertDescription.BAD_CERTIFICATE, AlertDescription.CERTIFICATE_REQUIRED
    };

    /** What GnuTLS makes of an empty Certificate before TLS 1.3. */
    @Override
    public List<CauseId> ids() {
        return List.of(CLIENT_CERTIFICATE_MISSING);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean client = handshake.isClient();
        boolean empty = handshake.certificateMessage(client).isPresent()
                && handshake.certificates(client).isEmpty();
        boolean told = client ? handshake.received(ALERTS) : handshake.raised(ALERTS);
        // The server's alert may be in the socket when our own write fails, and never be read.
        boolean lost = client && handshake.raised() && handshake.broke();
        boolean gnutls = client && handshake.received(AlertDescription.DECODE_ERROR);
        return empty && (told || lost || gnutls)
                ? Optional.of(finding(handshake, told ? Confidence.CERTAIN : Confidence.LIKELY))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Confidence confidence) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("client's Certificate message", "empty"));
        if (handshake.isClient()) {
            evidence.add(new Evidence(
                    "key handed out by our key manager", handshake.keyPairs().isEmpty() ? "none" : "yes"));
            evidence.addAll(OfferedKeys.passedOver(handshake));
        } else {
            handshake
                    .setUp(Field.CLIENT_AUTH)
                    .forEach(auth -> evidence.add(new Evidence("client authentication", auth)));
        }
        return new Finding(
                CLIENT_CERTIFICATE_MISSING,
                confidence,
                handshake.isClient()
                        ? "The server demands a client certificate, and this client had none to offer."
                        : "This server demands a client certificate, and the client sent none.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "On the client, set a key manager with a certificate (-Djavax.net.ssl.keyStore, SSLContext.init).",
                        "If it has one, its issuer or key type may not fit what the server's CertificateRequest lists."));
    }
}
