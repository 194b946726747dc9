package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.PlainProtocol;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** plaintext-client, plaintext-peer: the received data is not a TLS record (RFC 8446, 5.1), but another protocol's. */
final class PlaintextPeer implements Cause {
    static final CauseId PLAINTEXT_PEER = CauseId.of(
            "plaintext-peer",
            FixedBy.CLIENT,
            "What the server answered with is not TLS.",
            "the first bytes received",
            "Connect to the TLS port, or do the protocol's own start (STARTTLS, CONNECT) first.",
            "RFC 8446, 5.1");

    static final CauseId PLAINTEXT_CLIENT = CauseId.of(
            "plaintext-client",
            FixedBy.CLIENT,
            "A client sent something other than TLS to this TLS port.",
            "the first bytes received, and the client's address",
            "Find out which client it is by the address; have it use TLS.",
            "RFC 8446, 5.1");

    @Override
    public List<CauseId> ids() {
        return List.of(PLAINTEXT_PEER, PLAINTEXT_CLIENT);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        byte[] first = handshake.firstReceived();
        boolean fits = handshake.raised() && handshake.messages().stream().allMatch(Message::sent);
        return fits && first != null && first.length >= 3 && !isTls(first, handshake.isClient())
                ? Optional.of(finding(handshake, first))
                : Optional.empty();
    }

    /** A record's header of types 20 to 24 and version 3.x, or a hello in SSLv2's form (RFC 5246, E.2). */
    private static boolean isTls(byte[] first, boolean fromServer) {
        int type = first[0] & 0xff;
        boolean record = type >= 20 && type <= 24 && first[1] == 3;
        return record || Ssl2Hello.isHello(first, fromServer);
    }

    private static Finding finding(Handshake handshake, byte[] first) {
        Optional<PlainProtocol> protocol = PlainProtocol.of(first);
        String what = protocol.map(PlainProtocol::words).orElse("bytes of a protocol that tlscope does not recognise");
        PlainProtocol.Fix fix = protocol.map(PlainProtocol::fix).orElse(PlainProtocol.Fix.OTHER);
        String peer = handshake.peer() == null ? "" : " " + handshake.peer();
        List<Evidence> evidence = FailureEvidence.with(
                handshake,
                new Evidence("first bytes", '"' + printable(PlainProtocol.withoutPadding(first)) + '"'),
                new Evidence("looks like", what));
        if (handshake.isClient() && fix == PlainProtocol.Fix.TUNNEL) {
            return new Finding(
                    PLAINTEXT_PEER,
                    Confidence.CERTAIN,
                    "What" + peer + " sent is not TLS but " + what
                            + ", such as a proxy's answer to CONNECT that was not read to its end before TLS began.",
                    evidence,
                    PlaintextFix.ofServer(fix));
        }
        return handshake.isClient()
                ? new Finding(
                        PLAINTEXT_PEER,
                        Confidence.CERTAIN,
                        "The server" + peer + " does not speak TLS on this port; it answered with " + what + ".",
                        evidence,
                        PlaintextFix.ofServer(fix))
                : new Finding(
                        PLAINTEXT_CLIENT,
                        Confidence.CERTAIN,
                        "A client" + peer + " sent " + what + " to this TLS port, not TLS.",
                        evidence,
                        PlaintextFix.ofClient(fix, handshake.peer()));
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= 0x20 && b < 0x7f) {
                text.append((char) b);
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
