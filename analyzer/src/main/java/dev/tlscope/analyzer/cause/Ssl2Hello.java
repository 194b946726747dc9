package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.HandshakeType;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * no-common-protocol: the peer's first bytes are an SSLv2 hello (RFC 5246, E.2; RFC 6101, E), and JSSE rejected it. A
 * server accepts a client's if SSLv2Hello is enabled and more than SSLv2 is offered; no client accepts a server's.
 */
final class Ssl2Hello implements Cause {
    /** Length with the top bit set, message type, version. */
    private static final int HEADER = 5;

    private static final int SERVER_HELLO = 4;

    @Override
    public List<CauseId> ids() {
        return List.of(NoCommonProtocol.NO_COMMON_PROTOCOL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        byte[] first = handshake.firstReceived();
        boolean fits = handshake.raised()
                && first != null
                && handshake.messages().stream().allMatch(Message::sent)
                && isHello(first, handshake.isClient());
        return fits && first != null ? Optional.of(finding(handshake, first)) : Optional.empty();
    }

    /** The header of such a record, whose message is the hello that the peer's role sends. */
    static boolean isHello(byte[] first, boolean fromServer) {
        return first.length >= HEADER
                && (first[0] & 0x80) != 0
                && first[2] == (fromServer ? SERVER_HELLO : HandshakeType.CLIENT_HELLO.number());
    }

    private static Finding finding(Handshake handshake, byte[] first) {
        String peer = handshake.peerRole();
        int version = (first[3] & 0xff) << 8 | (first[4] & 0xff);
        boolean onlySsl2 = handshake.isClient() || version < 0x0300;
        List<String> enabled = handshake.configuration() == null ? List.of() : handshake.setUp(Field.ENABLED_PROTOCOL);
        return new Finding(
                NoCommonProtocol.NO_COMMON_PROTOCOL,
                Confidence.CERTAIN,
                "The " + peer + " began with "
                        + (handshake.isClient() ? "a ServerHello of SSLv2" : "a ClientHello in the form of SSLv2")
                        + (onlySsl2
                                ? ", a version that no JDK has."
                                : ", and SSLv2Hello is not enabled at this server."),
                FailureEvidence.with(
                        handshake,
                        new Evidence("first bytes", HexFormat.of().formatHex(first, 0, HEADER)),
                        new Evidence("version in it", String.format("0x%04x", version)),
                        new Evidence("enabled here", enabled.isEmpty() ? "not captured" : String.join(", ", enabled))),
                onlySsl2
                        ? List.of("Update the " + peer + ", or enable TLSv1.2 or TLSv1.3 there.")
                        : List.of(
                                "On the client, switch the SSLv2 form of its ClientHello off: it hides the extensions that TLS needs.",
                                "For a client that cannot be changed, enable SSLv2Hello beside TLSv1.2 at this server"
                                        + " (SSLParameters.setProtocols)."));
    }
}
