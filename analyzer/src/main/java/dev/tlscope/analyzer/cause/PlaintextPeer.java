package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.evidence.PlainProtocol;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
        Optional<String> outer = handshake.isClient() ? layeredOver(handshake) : Optional.empty();
        if (outer.isPresent()) {
            return twice(peer, what, outer.get(), evidence);
        }
        Optional<String> switched =
                handshake.isClient() && fix == PlainProtocol.Fix.STARTTLS ? startTls(handshake) : Optional.empty();
        if (switched.isPresent()) {
            return afterStartTls(peer, what, switched.get(), evidence);
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

    private static Optional<String> layeredOver(Handshake handshake) {
        return handshake.events().stream()
                .filter(event -> event.type() == EventType.CONNECTION)
                .flatMap(event -> event.texts(Field.LAYERED_OVER).stream())
                .findFirst();
    }

    /** The frame of the client's code that had switched to TLS within the protocol: SocketFetcher.startTLS. */
    private static Optional<String> startTls(Handshake handshake) {
        return handshake.frames().stream()
                .filter(frame ->
                        Frames.methodName(frame).toLowerCase(Locale.ROOT).contains("starttls"))
                .findFirst();
    }

    private static Finding twice(String peer, String what, String outer, List<Evidence> evidence) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.add(0, new Evidence("layered over", outer + ", which has a TLS connection of its own"));
        return new Finding(
                PLAINTEXT_PEER,
                Confidence.CERTAIN,
                "The client began TLS twice on one connection: its SSLSocket is layered over another one, inside of whose TLS the"
                        + " server" + peer + " sent " + what + ".",
                List.copyOf(all),
                List.of(
                        "Layer one SSLSocket over the plain socket, once: look for a createSocket over a socket that a factory made as an"
                                + " SSLSocket already.",
                        "commons-net 3.7 does so with the data connections of FTPSClient (NET-687): use 3.7.1 or later."));
    }

    private static Finding afterStartTls(String peer, String what, String frame, List<Evidence> evidence) {
        List<Evidence> all = new ArrayList<>(evidence);
        all.add(0, new Evidence("the client had switched in", frame));
        return new Finding(
                PLAINTEXT_PEER,
                Confidence.CERTAIN,
                "The server" + peer + " offered STARTTLS and then did not speak TLS: it answered the ClientHello with "
                        + what + ".",
                List.copyOf(all),
                List.of(
                        "On the server, set TLS up (its certificate and key), or have it no longer offer STARTTLS: its log shows why it did"
                                + " not begin. A proxy that inspects SMTP may have let STARTTLS pass, too.",
                        "Where plain text is acceptable, have the client not switch: mail.smtp.starttls.enable=false"
                                + " (Simple Java Mail: setOpportunisticTLS(false))."));
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
