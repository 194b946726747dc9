package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.List;
import java.util.Optional;

/**
 * unsafe-renegotiation: renegotiation_info is missing although a second handshake needs it, or has a wrong value (RFC
 * 5746).
 */
final class UnsafeRenegotiation implements Cause {
    static final CauseId UNSAFE_RENEGOTIATION = CauseId.of(
            "unsafe-renegotiation",
            FixedBy.EITHER,
            "A second handshake is refused, since the two sides cannot tell that it belongs to the first.",
            "renegotiation_info of both hellos at the first handshake",
            "Update the side without RFC 5746, or use TLS 1.3, and open a new connection instead.",
            "RFC 5746, 3; RFC 5746, 4");

    private static final int RENEGOTIATION_SCSV = 0x00ff;

    /** The text of sun.security.ssl.RenegoInfoExtension for a first hello, with allowLegacyHelloMessages=false. */
    private static final String NOT_NEGOTIATED = "Failed to negotiate the use of secure renegotiation";

    @Override
    public List<CauseId> ids() {
        return List.of(UNSAFE_RENEGOTIATION);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (handshake.isTls13() || !handshake.failed() || TransportLoss.connectionLost(handshake)) {
            return Optional.empty();
        }
        MessageFields decoded = MessageFields.of(handshake);
        boolean negotiated = handshake.failure() != null && handshake.failure().flag(Field.NEGOTIATED);
        if (handshake.received(AlertDescription.NO_RENEGOTIATION)) {
            return Optional.of(finding(handshake, "The peer refuses to renegotiate.", info(decoded, handshake)));
        }
        if (!handshake.raised()) {
            return Optional.empty();
        }
        if (negotiated) {
            boolean refused = handshake.raised(AlertDescription.HANDSHAKE_FAILURE, AlertDescription.NO_RENEGOTIATION)
                    && !isSecure(handshake, decoded);
            return refused
                    ? Optional.of(finding(
                            handshake,
                            "The peer has no secure renegotiation, and without it this JVM does not renegotiate.",
                            info(decoded, handshake)))
                    : Optional.empty();
        }
        if (FailureEvidence.said(handshake, NOT_NEGOTIATED) && !isSecure(handshake, decoded)) {
            return Optional.of(demanded(handshake));
        }
        Optional<DecodedField> value = decoded.lastReceived(HandshakeType.CLIENT_HELLO, HandshakeType.SERVER_HELLO)
                .flatMap(message -> message.find("extensions", "renegotiation_info", "renegotiated_connection"))
                .filter(field -> !field.value().isEmpty());
        return value.map(field -> finding(
                handshake,
                "The peer's first hello announces a renegotiation: another connection may have been spliced"
                        + " to this one.",
                field.value()));
    }

    private static boolean isSecure(Handshake handshake, MessageFields decoded) {
        boolean client = handshake.isClient();
        return decoded.all().stream()
                .filter(message ->
                        message.handshakeType() == (client ? HandshakeType.SERVER_HELLO : HandshakeType.CLIENT_HELLO))
                .findFirst()
                .map(hello -> hello.extension("renegotiation_info").isPresent()
                        || (!client
                                && handshake
                                        .clientHello()
                                        .map(own -> own.cipherSuites().contains(RENEGOTIATION_SCSV))
                                        .orElse(false)))
                .orElse(true);
    }

    private static String info(MessageFields decoded, Handshake handshake) {
        return isSecure(handshake, decoded) ? "sent at the first handshake" : "none at the first handshake";
    }

    /** JSSE rejects a first hello without RFC 5746 when configured to (RFC 5746, 3.4 and 3.6: a SHOULD NOT). */
    private static Finding demanded(Handshake handshake) {
        String peer = handshake.peerRole();
        return new Finding(
                UNSAFE_RENEGOTIATION,
                Confidence.CERTAIN,
                "The " + peer
                        + "'s first hello does not offer secure renegotiation, and this JVM accepts none without it.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("peer's renegotiation_info", "none, and no TLS_EMPTY_RENEGOTIATION_INFO_SCSV"),
                        new Evidence(
                                "-Dsun.security.ssl.allowLegacyHelloMessages",
                                handshake
                                        .systemProperty("sun.security.ssl.allowLegacyHelloMessages")
                                        .orElse("not set"))),
                List.of(
                        "Update the " + peer
                                + " to a TLS library with RFC 5746, or move both sides to TLS 1.3, which needs none.",
                        "Or remove -Dsun.security.ssl.allowLegacyHelloMessages=false: such a peer can then connect,"
                                + " and renegotiation stays off."));
    }

    private static Finding finding(Handshake handshake, String summary, String info) {
        return new Finding(
                UNSAFE_RENEGOTIATION,
                Confidence.CERTAIN,
                summary,
                FailureEvidence.with(
                        handshake,
                        new Evidence("peer's renegotiation_info", info),
                        new Evidence(
                                "-Dsun.security.ssl.allowUnsafeRenegotiation",
                                handshake
                                        .systemProperty("sun.security.ssl.allowUnsafeRenegotiation")
                                        .orElse("not set"))),
                List.of(
                        "Update the peer to a TLS library with RFC 5746, or move both sides to TLS 1.3, which has no renegotiation.",
                        "Do not renegotiate: close, and connect again."
                                + " -Dsun.security.ssl.allowUnsafeRenegotiation=true opens the way to CVE-2009-3555."));
    }
}
