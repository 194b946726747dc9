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
 * A record as it was received, and the record that was sent in its place; or a record that was sent and did not arrive.
 *
 * @param byClient true when the client sent it
 * @param fate what happened to it
 * @param place its position at the receiver, or at the sender if it did not arrive
 * @param origin its position at the sender, if that is another one; null otherwise
 * @param sent null when the sender's capture has no record at that position
 * @param received null when it did not arrive
 * @param offset of the first byte that differs, record header included; -1 when there is no difference
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordPair(
        boolean byClient,
        Fate fate,
        Place place,
        @Nullable Place origin,
        byte @Nullable [] sent,
        byte @Nullable [] received,
        int offset) {
    /** What happened to a record between the two ends. */
    public enum Fate {
        /** Both ends captured the same bytes. */
        SAME,
        /** The content differs from what was sent at this position. */
        ALTERED,
        /** It was sent at another position, and had not arrived before. */
        MOVED,
        /** It had already arrived at its own position. */
        REPEATED,
        /** It was sent and not received, although later records were. */
        DROPPED,
        /** It was sent and not received; nor was any later record. */
        NOT_RECEIVED,
        /** It was received, but the sender's capture has nothing to compare it with. */
        NOT_CAPTURED
    }

    /**
     * The position of a record in its direction.
     *
     * @param epoch counts the keys, as the capture does; 0 is plain text
     * @param sequence number under these keys; in plain text, which has none, the position among the captured records
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

    /** All of one direction, in the order of their arrival, followed by those that did not arrive. */
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

    /** The bytes as a key of a map. */
    private static String key(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
