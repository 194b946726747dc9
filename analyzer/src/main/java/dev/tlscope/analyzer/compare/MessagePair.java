package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A handshake message as it was sent, and the message that was received in its place.
 *
 * @param byClient true when the client sent it
 * @param number position among the handshake messages of this direction, from 0
 * @param sent null when more messages were received than sent
 * @param received null when fewer messages were received than sent
 * @param offset of the first byte that differs, handshake header included; -1 when there is no difference or one is
 * missing
 */
public record MessagePair(
        boolean byClient,
        int number,
        @Nullable Side sent,
        @Nullable Side received,
        int offset) {
    private static final int HEADER = 4;

    /** A message at one end. */
    public record Side(Message message, DecodedMessage decoded) {}

    /** All pairs of one direction. */
    static List<MessagePair> of(ConnectionPair ends, boolean byClient) {
        List<Side> sent = sides(ends.sender(byClient), true);
        List<Side> received = sides(ends.receiver(byClient), false);
        boolean ssl2 = byClient
                && (ends.client().beginsWithSsl2Hello() || ends.server().beginsWithSsl2Hello());
        List<MessagePair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.max(sent.size(), received.size()); i++) {
            Side here = i < sent.size() ? sent.get(i) : null;
            Side there = i < received.size() ? received.get(i) : null;
            int offset = here == null || there == null || (ssl2 && i == 0)
                    ? -1
                    : mismatch(here.message().bytes(), there.message().bytes(), ends.server());
            pairs.add(new MessagePair(byClient, i, here, there, offset));
        }
        return pairs;
    }

    public boolean differs() {
        return offset >= 0;
    }

    /** The message's name at the sender, or at the receiver if the sender's capture does not have it. */
    public String name() {
        Side known = sent != null ? sent : received;
        return known == null ? "message" : known.decoded().name();
    }

    /**
     * Path of the field that contains the first different byte, as the sender encoded it; empty when nothing differs.
     */
    public String path() {
        return sent == null || offset < 0 ? "" : sent.decoded().pathAt(offset);
    }

    /** The value of the innermost such field, as it was sent or as it was received. */
    public String value(boolean asReceived) {
        Side side = asReceived ? received : sent;
        if (side == null || offset < 0) {
            return "";
        }
        List<DecodedField> path = side.decoded().at(offset);
        return path.isEmpty() ? "" : path.get(path.size() - 1).value();
    }

    /**
     * The offset of the first difference; -1 when there is none. From a ClientHello without a cookie, a DTLS server
     * reads only what its HelloVerifyRequest needs (sun.security.ssl.HelloCookieManager), and its MESSAGE ends there: a
     * prefix of what was sent is then no difference.
     */
    private static int mismatch(byte[] sent, byte[] received, Handshake server) {
        String protocol = server.protocol();
        boolean datagrams = protocol == null || protocol.startsWith("DTLS");
        int end = received.length;
        boolean begins = datagrams
                && end > HEADER
                && end <= sent.length
                && Arrays.equals(sent, HEADER, end, received, HEADER, end);
        return begins ? -1 : Arrays.mismatch(sent, received);
    }

    private static List<Side> sides(Handshake handshake, boolean sent) {
        List<Side> sides = new ArrayList<>();
        List<DecodedMessage> decoded = handshake.decodedMessages();
        for (int i = 0; i < decoded.size(); i++) {
            Message message = handshake.messages().get(i);
            if (message.sent() == sent && message.contentType() == ContentType.HANDSHAKE) {
                sides.add(new Side(message, decoded.get(i)));
            }
        }
        return sides;
    }
}
