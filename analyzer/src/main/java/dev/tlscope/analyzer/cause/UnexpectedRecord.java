package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.ContentType;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * unexpected-message: the first received record is a TLS record (RFC 8446, 5.1), but has a content type that cannot
 * come first. Over an SSLEngine JSSE takes it for plain text ("Unrecognized SSL message, plaintext connection?").
 */
final class UnexpectedRecord implements Cause {
    private static final int HEADER = 5;

    /** RFC 6520, 3. */
    private static final int HEARTBEAT = 24;

    /** RFC 8446, 5.1: 2^14 bytes, and 2,048 more under the protection of TLS 1.2 (RFC 5246, 6.2.3). */
    private static final int MOST_LENGTH = (1 << 14) + 2048;

    @Override
    public List<CauseId> ids() {
        return List.of(UnexpectedMessage.UNEXPECTED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        byte[] first = handshake.firstReceived();
        boolean fits = handshake.raised()
                && !TransportLoss.connectionLost(handshake)
                && handshake.messages().stream().allMatch(Message::sent);
        return fits && first != null && isTlsRecord(first)
                ? name(first[0]).map(name -> finding(handshake, name, first))
                : Optional.empty();
    }

    private static boolean isTlsRecord(byte[] first) {
        if (first.length < HEADER || first[1] != 3 || first[2] < 0 || first[2] > 4) {
            return false;
        }
        int length = (first[3] & 0xff) << 8 | (first[4] & 0xff);
        return length <= MOST_LENGTH;
    }

    /** Content types that cannot begin a connection; an alert and a handshake record can. */
    private static Optional<String> name(byte type) {
        return switch (type) {
            case ContentType.CHANGE_CIPHER_SPEC -> Optional.of("ChangeCipherSpec");
            case ContentType.APPLICATION_DATA -> Optional.of("application data");
            case HEARTBEAT -> Optional.of("heartbeat");
            default -> Optional.empty();
        };
    }

    private static Finding finding(Handshake handshake, String name, byte[] first) {
        return new Finding(
                UnexpectedMessage.UNEXPECTED_MESSAGE,
                Confidence.CERTAIN,
                "The first record of the " + handshake.peerRole() + " is " + name + " (content type " + first[0]
                        + "), which cannot come before a handshake.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("received", name + ", content type " + first[0]),
                        new Evidence("header of the record", HexFormat.of().formatHex(first, 0, HEADER)),
                        new Evidence("expected", handshake.isClient() ? "ServerHello" : "ClientHello")),
                List.of(
                        "Check whether this is the beginning of the connection: a proxy, or an application that"
                                + " reads from the socket before TLS does, may have taken the handshake out of the stream.",
                        "Find out which TLS implementation the " + handshake.peerRole() + " has, and its version."));
    }
}
