package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was received, beside the one that was sent in its place; or one that was sent and did not come.
 *
 * @param byClient direction
 * @param fate what became of it
 * @param place where the receiver counts it; where the sender does when it did not come
 * @param origin where the sender made it, when that is another place; null otherwise
 * @param sent null when the sender's capture has none at that place
 * @param received null when it did not come
 * @param offset of the first byte that differs, record header included; -1 when none does
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record RecordPair(
        boolean byClient,
        Fate fate,
        Place place,
        @Nullable Place origin,
        byte @Nullable [] sent,
        byte @Nullable [] received,
        int offset) {
    /** What became of a record between its two ends. */
    public enum Fate {
        /** Byte for byte the same at both ends. */
        SAME,
        /** Another content than was sent at this place. */
        ALTERED,
        /** What was sent at another place, and had not come before. */
        MOVED,
        /** What had come at its own place already. */
        REPEATED,
        /** Sent, and not among what was received, though later ones were. */
        DROPPED,
        /** Sent as the last ones, and not among what was received up to the receiver's end. */
        NOT_RECEIVED,
        /** Received, with nothing captured at the sender to compare it with. */
        NOT_CAPTURED
    }

    /**
     * Where a record stands in its direction.
     *
     * @param epoch which keys, as the capture counts them; 0 is plain text
     * @param sequence number under these keys; in plain text, where nothing counts, the place among the records captured
     */
    public record Place(long epoch, long sequence) {
        boolean isBefore(Place other) {
            return epoch < other.epoch || (epoch == other.epoch && sequence < other.sequence);
        }

        @Override
        public String toString() {
            return "epoch " + epoch + ", number " + sequence;
        }
    }

    /** All of one direction, in the order of their arrival; what did not come follows. */
    static List<RecordPair> of(ConnectionPair ends, boolean byClient) {
        Map<Place, byte[]> sent = records(ends.sender(byClient), true);
        Map<Place, byte[]> received = records(ends.receiver(byClient), false);
        Map<String, Place> origins = new HashMap<>();
        sent.forEach((place, bytes) -> origins.putIfAbsent(key(bytes), place));
        List<RecordPair> pairs = new ArrayList<>();
        Set<Place> arrived = new HashSet<>();
        Place last = new Place(-1, -1);
        for (Map.Entry<Place, byte[]> entry : received.entrySet()) {
            Place place = entry.getKey();
            byte[] here = sent.get(place);
            byte[] there = entry.getValue();
            Place origin = here != null && Arrays.equals(here, there) ? place : origins.get(key(there));
            Fate fate = origin == null
                    ? (here == null ? Fate.NOT_CAPTURED : Fate.ALTERED)
                    : arrived.contains(origin) ? Fate.REPEATED : origin.equals(place) ? Fate.SAME : Fate.MOVED;
            if (origin != null || fate == Fate.ALTERED) {
                arrived.add(origin == null ? place : origin);
            }
            int offset = fate == Fate.ALTERED && here != null ? Arrays.mismatch(here, there) : -1;
            boolean elsewhere = fate == Fate.MOVED || fate == Fate.REPEATED;
            pairs.add(new RecordPair(byClient, fate, place, elsewhere ? origin : null, here, there, offset));
            Place at = origin == null ? place : origin;
            last = last.isBefore(at) ? at : last;
        }
        for (Map.Entry<Place, byte[]> entry : sent.entrySet()) {
            Place place = entry.getKey();
            if (!arrived.contains(place)) {
                Fate fate = place.isBefore(last) ? Fate.DROPPED : Fate.NOT_RECEIVED;
                pairs.add(new RecordPair(byClient, fate, place, null, entry.getValue(), null, -1));
            }
        }
        return pairs;
    }

    public boolean differs() {
        return fate == Fate.ALTERED || fate == Fate.MOVED || fate == Fate.REPEATED || fate == Fate.DROPPED;
    }

    private static Map<Place, byte[]> records(Handshake handshake, boolean sent) {
        Map<Place, byte[]> records = new java.util.LinkedHashMap<>();
        long plain = 0;
        for (Event event : handshake.events()) {
            byte[] bytes = event.bytes(Field.BYTES);
            if (event.type() == EventType.RECORD && bytes != null && sent == event.isSent()) {
                long epoch = event.number(Field.EPOCH, -1);
                Place place = event.has(Field.SEQUENCE)
                        ? new Place(epoch, event.number(Field.SEQUENCE, -1))
                        : new Place(0, plain++);
                records.putIfAbsent(place, bytes);
            }
        }
        return records;
    }

    /** Bytes as a map's key. */
    private static String key(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
