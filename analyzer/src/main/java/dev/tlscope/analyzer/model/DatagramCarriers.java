package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the records that carry each DTLS message, retransmissions included. A plain-text fragment identifies its
 * message and has its bytes (RFC 6347, 4.2.2); an encrypted record is assigned only if it can carry just one message.
 */
final class DatagramCarriers {
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int TLS_MESSAGE_HEADER = 4;
    private static final byte MAJOR = (byte) 0xfe;

    private DatagramCarriers() {}

    static boolean isDatagram(Event record) {
        byte[] bytes = record.bytes(Field.BYTES);
        return bytes != null && bytes.length >= RECORD_HEADER && bytes[1] == MAJOR;
    }

    /** Record numbers by message, for one direction; a message whose records are unknown is left out. */
    static Map<Event, List<Long>> of(List<Event> messages, List<Event> records) {
        Map<Event, List<Long>> carriers = new HashMap<>();
        for (Event record : records) {
            byte[] bytes = record.bytes(Field.BYTES);
            if (bytes != null && isDatagram(record)) {
                for (Event message : carried(messages, bytes, record.number(Field.EPOCH, 0))) {
                    carriers.computeIfAbsent(message, any -> new ArrayList<>())
                            .add(record.number(Field.RECORD_NUMBER, 0));
                }
            }
        }
        return carriers;
    }

    private static List<Event> carried(List<Event> messages, byte[] record, long epoch) {
        int type = record[0];
        if (type == ContentType.HANDSHAKE && epoch == 0) {
            return fragments(messages, record);
        }
        if (type == ContentType.APPLICATION_DATA) {
            return List.of();
        }
        List<Event> possible = new ArrayList<>();
        long at = 0;
        for (Event message : messages) {
            long messageType = message.number(Field.CONTENT_TYPE, 0);
            if (messageType == type && at == epoch) {
                possible.add(message);
            }
            at += messageType == ContentType.CHANGE_CIPHER_SPEC ? 1 : 0;
        }
        return possible.size() == 1 ? possible : List.of();
    }

    /**
     * Messages that the record has bytes of. Two equal messages, such as repeated HelloRequests, cannot be
     * distinguished.
     */
    private static List<Event> fragments(List<Event> messages, byte[] record) {
        List<Event> found = new ArrayList<>();
        int at = RECORD_HEADER;
        while (at + MESSAGE_HEADER <= record.length) {
            int fragment = number(record, at + 9);
            int end = at + MESSAGE_HEADER + fragment;
            if (end > record.length) {
                break;
            }
            List<Event> alike = new ArrayList<>();
            for (Event message : messages) {
                if (message.number(Field.CONTENT_TYPE, 0) == ContentType.HANDSHAKE && holds(message, record, at)) {
                    alike.add(message);
                }
            }
            if (alike.size() == 1) {
                found.addAll(alike);
            }
            at = end;
        }
        return found;
    }

    /** JSSE reads only the beginning of a ClientHello without a cookie: that part has to agree. */
    private static boolean holds(Event message, byte[] record, int at) {
        byte[] bytes = message.bytes(Field.BYTES);
        if (bytes == null || bytes.length < TLS_MESSAGE_HEADER || bytes[0] != record[at]) {
            return false;
        }
        boolean cut = number(bytes, 1) != bytes.length - TLS_MESSAGE_HEADER;
        if (!cut && number(bytes, 1) != number(record, at + 1)) {
            return false;
        }
        int from = TLS_MESSAGE_HEADER + number(record, at + 6);
        int length = number(record, at + 9);
        int most = Math.min(length, bytes.length - from);
        int start = at + MESSAGE_HEADER;
        return (cut || most == length)
                && most >= 0
                && Arrays.equals(bytes, from, from + most, record, start, start + most);
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }
}
