package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records that carry the messages that JSSE sent over TLS. Messages and records are in the order of their
 * bytes, so the number of message bytes in each record suffices; at a key change both must end together (RFC 8446,
 * 5.1). From the first record that does not fit, nothing is assigned.
 */
final class SentCarriers {
    private static final int HEADER = 5;
    private static final int TAG = 16;
    private static final int EXPLICIT_NONCE = 8; // RFC 5288, 3
    /** JSSE adds sixteen zeroes to the content type of each TLSInnerPlaintext (OutputRecord.t13Encrypt). */
    private static final int TLS13_PADDING = 16;

    private final List<Event> messages;
    private final @Nullable String cipherSuite;
    private final boolean tls13;
    private final Map<Event, List<Long>> carriers = new HashMap<>();
    private int next;
    private int carried;
    /** The first message under the current keys. */
    private int begin;

    private SentCarriers(List<Event> messages, @Nullable String cipherSuite, boolean tls13) {
        this.messages = messages;
        this.cipherSuite = cipherSuite;
        this.tls13 = tls13;
    }

    /** Record numbers by message; a message whose records are unknown is left out. */
    static Map<Event, List<Long>> of(
            List<Event> messages, List<Event> records, @Nullable String cipherSuite, boolean tls13) {
        SentCarriers walk = new SentCarriers(messages, cipherSuite, tls13);
        long epoch = 0;
        for (Event record : records) {
            long now = record.number(Field.EPOCH, -1);
            if (now != epoch) {
                if (walk.isAmidst() || now < 0) {
                    walk.forget();
                    return walk.carriers;
                }
                walk.begin = walk.next;
                epoch = now;
            }
            if (!walk.take(record, epoch > 0)) {
                walk.forget();
                return walk.carriers;
            }
        }
        if (walk.isAmidst()) {
            walk.forget();
        }
        return walk.carriers;
    }

    /** False when the record does not match the sent messages. */
    private boolean take(Event record, boolean encrypted) {
        byte[] bytes = bytes(record);
        int type = (int) record.number(Field.CONTENT_TYPE, -1);
        if (type == ContentType.APPLICATION_DATA) {
            return true;
        }
        if (next == 0 && type < 0 && (bytes[0] & 0x80) != 0 && isHandshake(0)) {
            carry(record); // an SSLv2 CLIENT-HELLO (RFC 5246, E.2)
            next++;
            return true;
        }
        if (type != ContentType.HANDSHAKE) {
            return takeWhole(record, type);
        }
        OptionalInt length = encrypted ? opened(bytes) : OptionalInt.of(bytes.length - HEADER);
        if (length.isEmpty()) {
            return takeOnly(record, bytes);
        }
        int left = length.getAsInt();
        while (left > 0) {
            if (!isHandshake(next)) {
                return false;
            }
            int part = Math.min(left, bytes(messages.get(next)).length - carried);
            carry(record);
            carried += part;
            left -= part;
            if (carried == bytes(messages.get(next)).length) {
                next++;
                carried = 0;
            }
        }
        return left == 0;
    }

    /**
     * Assigns a ChangeCipherSpec or alert: one record, one message. Records of post-handshake messages may not be
     * captured.
     */
    private boolean takeWhole(Event record, int type) {
        if (carried > 0) {
            return false;
        }
        while (type == ContentType.ALERT && isHandshake(next)) {
            next++;
        }
        if (next >= messages.size() || messages.get(next).number(Field.CONTENT_TYPE, 0) != type) {
            return false;
        }
        carry(record);
        next++;
        return true;
    }

    /**
     * Assigns a record whose padding hides its length (CBC), if the next message fits and is the only one that the
     * record can hold, as Finished after ChangeCipherSpec is.
     */
    private boolean takeOnly(Event record, byte[] bytes) {
        if (!isHandshake(next) || isHandshake(next + 1) || carried > 0) {
            return false;
        }
        if (bytes(messages.get(next)).length > bytes.length - HEADER) {
            return false;
        }
        carry(record);
        next++;
        return true;
    }

    private void carry(Event record) {
        carriers.computeIfAbsent(messages.get(next), any -> new ArrayList<>())
                .add(record.number(Field.RECORD_NUMBER, 0));
    }

    private boolean isHandshake(int at) {
        return at < messages.size() && messages.get(at).number(Field.CONTENT_TYPE, 0) == ContentType.HANDSHAKE;
    }

    private boolean isAmidst() {
        return carried > 0;
    }

    private void forget() {
        for (int i = begin; i < messages.size(); i++) {
            carriers.remove(messages.get(i));
        }
    }

    /** Number of message bytes in a protected record; empty when padding hides it. */
    private OptionalInt opened(byte[] record) {
        int length = record.length - HEADER;
        if (tls13) {
            return OptionalInt.of(length - TAG - 1 - TLS13_PADDING);
        }
        if (cipherSuite != null && cipherSuite.contains("_GCM_")) {
            return OptionalInt.of(length - EXPLICIT_NONCE - TAG);
        }
        if (cipherSuite != null && cipherSuite.contains("_CHACHA20_POLY1305_")) {
            return OptionalInt.of(length - TAG);
        }
        return OptionalInt.empty();
    }

    private static byte[] bytes(Event event) {
        byte[] bytes = event.bytes(Field.BYTES);
        return bytes == null ? new byte[0] : bytes;
    }
}
