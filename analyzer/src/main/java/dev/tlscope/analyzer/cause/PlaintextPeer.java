package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** plaintext-client, plaintext-peer: what came is no TLS record at all (RFC 8446, 5.1), but another protocol's. */
final class PlaintextPeer implements Cause {
    static final CauseId PLAINTEXT_PEER = CauseId.of(
            "plaintext-peer",
            "What the server answered with is no TLS.",
            "the first bytes received",
            "Connect to the TLS port, or do the protocol's own start (STARTTLS, CONNECT) first.",
            "RFC 8446, 5.1");

    static final CauseId PLAINTEXT_CLIENT = CauseId.of(
            "plaintext-client",
            "A client sent something other than TLS to this TLS port.",
            "the first bytes received, and the client's address",
            "Find out who it is by the address; have it use TLS.",
            "RFC 8446, 5.1");

    /** No more than five bytes are there when JSSE waits for a record's header alone. */
    private static final List<String> HTTP_REQUESTS =
            List.of("GET ", "POST ", "PUT ", "HEAD ", "PRI ", "OPTIO", "DELET", "PATCH", "CONNE", "TRACE");

    private static final List<String> MAIL_COMMANDS = List.of("EHLO", "HELO", "QUIT", "USER", "AUTH");

    @Override
    public List<CauseId> ids() {
        return List.of(PLAINTEXT_PEER, PLAINTEXT_CLIENT);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        byte[] first = handshake.firstReceived();
        boolean fits = handshake.raised() && handshake.messages().stream().allMatch(Message::sent);
        return fits && first != null && first.length >= 3 && !isTls(first)
                ? Optional.of(finding(handshake, first))
                : Optional.empty();
    }

    /** A record's header of types 20 to 24 and version 3.x, or an SSLv2 ClientHello's (RFC 5246, E.2). */
    private static boolean isTls(byte[] first) {
        int type = first[0] & 0xff;
        boolean record = type >= 20 && type <= 24 && first[1] == 3;
        boolean sslv2 = (type & 0x80) != 0 && first[2] == 1;
        return record || sslv2;
    }

    private static Finding finding(Handshake handshake, byte[] first) {
        String text = printable(first);
        String what = protocol(text);
        String peer = handshake.peer() == null ? "" : " " + handshake.peer();
        List<Evidence> evidence = FailureEvidence.with(
                handshake, new Evidence("first bytes", '"' + text + '"'), new Evidence("looks like", what));
        return handshake.isClient()
                ? new Finding(
                        PLAINTEXT_PEER,
                        Confidence.CERTAIN,
                        "The server" + peer + " does not speak TLS on this port; it answered with " + what + ".",
                        evidence,
                        List.of(
                                "Connect to the server's TLS port, or turn TLS on for this one.",
                                "If the protocol starts in plain text and switches (STARTTLS, a proxy's CONNECT), do that first."))
                : new Finding(
                        PLAINTEXT_CLIENT,
                        Confidence.CERTAIN,
                        "A client" + peer + " sent " + what + " to this TLS port, not TLS.",
                        evidence,
                        List.of(
                                "Find out who it is by its address: a health check, a port scan, a load balancer, an http:// link.",
                                "Have it use https, or point it to a plain-text port."));
    }

    private static String protocol(String text) {
        if (text.startsWith("HTTP")) {
            return "an HTTP response";
        }
        if (text.startsWith("PROXY")) {
            return "the PROXY protocol's header";
        }
        if (beginsWithOneOf(text, HTTP_REQUESTS)) {
            return "an HTTP request";
        }
        if (beginsWithOneOf(text, MAIL_COMMANDS)) {
            return "a command of SMTP, POP3 or FTP";
        }
        if (text.startsWith("SSH-")) {
            return "SSH";
        }
        if (text.startsWith("220")) {
            return "a greeting of SMTP or FTP";
        }
        return "bytes of a protocol that tlscope does not know";
    }

    private static boolean beginsWithOneOf(String text, List<String> starts) {
        return starts.stream().anyMatch(text::startsWith);
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
