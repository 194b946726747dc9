package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Assigns plain-text DTLS messages by their fragments, and encrypted records if they can carry only one message. */
class DatagramCarriersTest {
    private static final String RECORD = "16fefd";

    private final Event hello = message(22, "02000004" + "aabbccdd");
    private final Event certificate = message(22, "0b000006" + "112233445566");
    private final Event change = message(20, "01");
    private final Event finished = message(22, "14000002" + "7788");

    @Test
    void fragmentsAndRetransmissionsLeadToTheirMessage() {
        List<Event> records = List.of(
                record(1, 0, RECORD + "0000000000000000" + "0010" + "02000004" + "0001" + "000000000004" + "aabbccdd"),
                record(2, 0, RECORD + "0000000000000001" + "000f" + "0b000006" + "0002" + "000000000003" + "112233"),
                record(3, 0, RECORD + "0000000000000002" + "000f" + "0b000006" + "0002" + "000003000003" + "445566"),
                record(4, 0, "14fefd" + "0000000000000003" + "0001" + "01"),
                record(5, 1, RECORD + "0001000000000000" + "0004" + "deadbeef"),
                record(6, 0, RECORD + "0000000000000004" + "000f" + "0b000006" + "0002" + "000003000003" + "445566"),
                record(7, 1, RECORD + "0001000000000001" + "0004" + "feedface"));

        Map<Event, List<Long>> carriers = DatagramCarriers.of(List.of(hello, certificate, change, finished), records);

        assertThat(carriers)
                .containsEntry(hello, List.of(1L))
                .containsEntry(certificate, List.of(2L, 3L, 6L))
                .containsEntry(change, List.of(4L))
                .containsEntry(finished, List.of(5L, 7L));
    }

    @Test
    void whatCannotBeToldApartIsNotTold() {
        Event again = message(22, "14000002" + "99aa");
        Map<Event, List<Long>> carriers = DatagramCarriers.of(
                List.of(change, finished, again),
                List.of(record(1, 1, RECORD + "0001000000000000" + "0004" + "deadbeef")));

        assertThat(carriers).isEmpty();
    }

    private static Event message(int type, String hex) {
        return new Event(EventType.MESSAGE, 1, 1)
                .put(Field.CONTENT_TYPE, type)
                .put(Field.BYTES, HexFormat.of().parseHex(hex));
    }

    private static Event record(long number, long epoch, String hex) {
        return new Event(EventType.RECORD, 1, 1)
                .put(Field.EPOCH, epoch)
                .put(Field.RECORD_NUMBER, number)
                .put(Field.BYTES, HexFormat.of().parseHex(hex));
    }
}
