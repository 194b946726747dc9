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
 * A handshake message as it was sent, beside what was received in its place.
 *
 * @param byClient direction
 * @param number counts the handshake messages of this direction, from 0
 * @param sent null when more were received than sent
 * @param received null when fewer were
 * @param offset of the first byte that differs, handshake header included; -1 when none does or one is missing
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

    /** All of one direction. */
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

    /** As the sender calls it, where it was captured there. */
    public String name() {
        Side known = sent != null ? sent : received;
        return known == null ? "message" : known.decoded().name();
    }

    /** Names of the fields that hold the first byte that differs, as the sender meant them; empty when none does. */
    public String path() {
        return sent == null || offset < 0 ? "" : sent.decoded().pathAt(offset);
    }

    /** The innermost of these fields as it was sent, or as it was received. */
    public String value(boolean asReceived) {
        Side side = asReceived ? received : sent;
        if (side == null || offset < 0) {
            return "";
        }
        List<DecodedField> path = side.decoded().at(offset);
        return path.isEmpty() ? "" : path.get(path.size() - 1).value();
    }

    /**
     * Where they first differ; -1 when they do not. Of a ClientHello without a cookie a DTLS server reads only what its
     * HelloVerifyRequest needs (sun.security.ssl.HelloCookieManager), and its MESSAGE has that length: there the beginning of
     * what was sent is no difference.
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
