package dev.tlscope.analyzer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.compare.RecordPair.Fate;
import dev.tlscope.analyzer.compare.RecordPair.Place;
import dev.tlscope.analyzer.model.Configurations;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.HandshakeBuilder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordPairTest {
    private static final long EPOCH = 3;

    @Test
    void whatArrivesAsItWasSentIsTheSame() {
        assertThat(fates("abc", "abc")).containsExactly(Fate.SAME, Fate.SAME, Fate.SAME);
    }

    @Test
    void whatIsStillOnItsWayIsNotDropped() {
        assertThat(fates("abc", "ab")).containsExactly(Fate.SAME, Fate.SAME, Fate.NOT_RECEIVED);
    }

    @Test
    void anAlteredRecordHasItsFirstDifferentByte() {
        List<RecordPair> pairs = pairs("abc", "axc");

        assertThat(pairs).extracting(RecordPair::fate).containsExactly(Fate.SAME, Fate.ALTERED, Fate.SAME);
        assertThat(pairs.get(1).offset()).isEqualTo(5);
    }

    @Test
    void aDroppedRecordMovesThoseBehindIt() {
        List<RecordPair> pairs = pairs("abcd", "acd");

        assertThat(pairs).extracting(RecordPair::fate).containsExactly(Fate.SAME, Fate.MOVED, Fate.MOVED, Fate.DROPPED);
        assertThat(pairs.get(1).place()).isEqualTo(new Place(EPOCH, 1));
        assertThat(pairs.get(1).origin()).isEqualTo(new Place(EPOCH, 2));
        assertThat(pairs.get(3).place()).isEqualTo(new Place(EPOCH, 1));
    }

    @Test
    void aRepeatedRecordLeadsToItsFirstCopy() {
        List<RecordPair> pairs = pairs("abc", "aab");

        assertThat(pairs)
                .extracting(RecordPair::fate)
                .containsExactly(Fate.SAME, Fate.REPEATED, Fate.MOVED, Fate.NOT_RECEIVED);
        assertThat(pairs.get(1).origin()).isEqualTo(new Place(EPOCH, 0));
    }

    @Test
    void swappedRecordsAreBothMovedAndNoneIsDropped() {
        assertThat(fates("abc", "acb")).containsExactly(Fate.SAME, Fate.MOVED, Fate.MOVED);
    }

    @Test
    void withoutTheSendersRecordNothingIsSaid() {
        assertThat(fates("a", "ab")).containsExactly(Fate.SAME, Fate.NOT_CAPTURED);
    }

    private static List<Fate> fates(String sent, String received) {
        return pairs(sent, received).stream().map(RecordPair::fate).toList();
    }

    private static List<RecordPair> pairs(String sent, String received) {
        return RecordPair.of(
                new ConnectionPair(handshake("client", "out", sent), handshake("server", "in", received)), true);
    }

    /** One record per letter. */
    private static Handshake handshake(String role, String direction, String records) {
        HandshakeBuilder builder = new HandshakeBuilder(1, 0, new Configurations());
        builder.add(new Event(EventType.CONNECTION, 1, 0).put(Field.ROLE, role));
        for (int i = 0; i < records.length(); i++) {
            builder.add(new Event(EventType.RECORD, 1, i)
                    .put(Field.DIRECTION, direction)
                    .put(Field.EPOCH, EPOCH)
                    .put(Field.SEQUENCE, i)
                    .put(Field.BYTES, new byte[] {23, 3, 3, 0, 1, (byte) records.charAt(i)}));
        }
        return builder.build(Path.of("none"));
    }
}
