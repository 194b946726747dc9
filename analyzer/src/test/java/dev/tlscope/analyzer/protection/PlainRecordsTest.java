package dev.tlscope.analyzer.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Configurations;
import dev.tlscope.analyzer.model.HandshakeBuilder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records as a server received them, compared with the messages that JSSE read from them. */
class PlainRecordsTest {
    private static final String HELLO = "0100000401020304";
    private static final String CERTIFICATE = "0b0000020506";
    private static final String IGNORED = "00000000";

    private final HandshakeBuilder handshake = new HandshakeBuilder(1, 0, new Configurations());
    private final List<Event> records = new ArrayList<>();

    @Test
    void whatTheMessagesSayIsTheSame() {
        record(1, "1603030008" + HELLO);
        message(HELLO, 1);

        assertThat(mismatches()).containsExactly(-1);
    }

    @Test
    void anAlteredByteHasItsOffset() {
        record(1, "1603030008" + "0100000401020304".replace("0304", "0305"));
        message(HELLO, 1);
        record(2, "1603030009" + HELLO);
        message(HELLO, 2);

        assertThat(mismatches()).containsExactly(12, 4);
    }

    @Test
    void messagesShareRecords() {
        record(1, "160303000a" + HELLO + "0b00");
        record(2, "1603030004" + "00020507");
        message(HELLO, 1);
        message(CERTIFICATE, 1, 2);

        assertThat(mismatches()).containsExactly(-1, 8);
    }

    @Test
    void withoutAMessageNothingIsTold() {
        record(1, "160303000c" + IGNORED + HELLO);
        message(HELLO, 1);
        record(2, "1603030004" + IGNORED);

        assertThat(mismatches()).containsExactly(-1, -1);
    }

    /** The message fills the first of its records, but does not belong there. */
    @Test
    void withoutAMessageNothingIsToldOfItsNeighboursEither() {
        record(1, "1603030008" + IGNORED + "01000004");
        record(2, "1603030006" + "01020304" + "0b00");
        record(3, "1603030004" + "00020506");
        message(HELLO, 1, 2);
        message(CERTIFICATE, 2, 3);

        assertThat(mismatches()).containsExactly(-1, -1, -1);
    }

    private List<Integer> mismatches() {
        PlainRecords plain = PlainRecords.of(handshake.build(Path.of("none")));
        return records.stream().map(plain::mismatch).toList();
    }

    private void record(long number, String hex) {
        Event record = new Event(EventType.RECORD, 1, 0)
                .put(Field.DIRECTION, "in")
                .put(Field.RECORD_NUMBER, number)
                .put(Field.BYTES, HexFormat.of().parseHex(hex));
        records.add(record);
        handshake.add(record);
    }

    private void message(String hex, long... numbers) {
        Event message = new Event(EventType.MESSAGE, 1, 0)
                .put(Field.DIRECTION, "in")
                .put(Field.CONTENT_TYPE, ContentType.HANDSHAKE);
        for (long number : numbers) {
            message.put(Field.RECORD_NUMBER, number);
        }
        handshake.add(message.put(Field.BYTES, HexFormat.of().parseHex(hex)));
    }
}
