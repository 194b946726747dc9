package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.MessagePlaces;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The expected content of plain-text records, reassembled from their messages. A record is compared only if messages
 * fill it to its last byte, and all records of these messages are known: a message that JSSE never processed, or that
 * the capture lacks, leaves the content unknown.
 */
public final class PlainRecords {
    private static final int LENGTH = 3; // offset in the record's header (RFC 8446, 5.1)

    /** By RECORD_NUMBER: the header, and the content as far as messages fill it. */
    private final Map<Long, ByteBuffer> carried = new HashMap<>();

    private final Set<Long> unknown = new HashSet<>();

    private PlainRecords() {}

    public static PlainRecords of(Handshake handshake) {
        PlainRecords records = new PlainRecords();
        // The MESSAGE of an SSLv2 CLIENT-HELLO has TLS form, so its record cannot be compared.
        if (!handshake.beginsWithSsl2Hello()) {
            handshake.events().forEach(records::addRecord);
            MessagePlaces places = MessagePlaces.of(handshake);
            List<List<Long>> carriers = new ArrayList<>();
            for (Event event : handshake.events()) {
                if (event.type() == EventType.MESSAGE) {
                    carriers.add(places.records(event));
                    records.addMessage(event, places.records(event));
                }
            }
            records.spreadUnknown(carriers);
        }
        return records;
    }

    /**
     * Offset of the first byte, header included, that differs from the messages; -1 when none does, or the content is
     * unknown.
     */
    int mismatch(Event record) {
        long number = record.number(Field.RECORD_NUMBER, 0);
        ByteBuffer expected = carried.get(number);
        byte[] bytes = record.bytes(Field.BYTES);
        return expected == null || bytes == null || isUnknown(number)
                ? -1
                : ByteBuffer.wrap(bytes).mismatch(expected.duplicate().rewind());
    }

    private void addRecord(Event event) {
        byte[] bytes = event.bytes(Field.BYTES);
        if (event.type() == EventType.RECORD && bytes != null && bytes.length > RecordProtection.HEADER) {
            int length = bytes.length - RecordProtection.HEADER;
            ByteBuffer expected =
                    ByteBuffer.allocate(bytes.length).put(bytes, 0, LENGTH).putShort((short) length);
            carried.put(event.number(Field.RECORD_NUMBER, 0), expected);
        }
    }

    private void addMessage(Event message, List<Long> records) {
        byte[] bytes = message.bytes(Field.BYTES);
        int at = 0;
        for (long number : records) {
            ByteBuffer record = carried.get(number);
            if (record != null && bytes != null) {
                int part = Math.min(record.remaining(), bytes.length - at);
                record.put(bytes, at, part);
                at += part;
            }
        }
        if (bytes == null || at < bytes.length) {
            unknown.addAll(records);
        }
    }

    /**
     * If the content of one record is unknown, the split of a message that it shares with other records is unknown too.
     */
    private void spreadUnknown(List<List<Long>> carriers) {
        boolean spread = true;
        while (spread) {
            spread = false;
            for (List<Long> records : carriers) {
                if (records.stream().anyMatch(this::isUnknown)) {
                    spread |= unknown.addAll(records);
                }
            }
        }
    }

    private boolean isUnknown(long number) {
        ByteBuffer expected = carried.get(number);
        return expected == null || expected.hasRemaining() || unknown.contains(number);
    }
}
