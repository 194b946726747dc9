package dev.tlscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored events have the same values as decoded ones, as a whole and one by one. */
class EventStoreTest {
    private final EventStore store = new EventStore();
    private final List<String> kept = new ArrayList<>();

    @Test
    void keepsEventsAsTheyLie() throws IOException {
        Event[] events = {
            Captures.connection(1, "client", "127.0.0.1:40000", "127.0.0.1:443"),
            Captures.record(1, "out", Captures.ENCRYPTED),
            Captures.alertMessage(1, 2, 40),
            Captures.failure(1, 40, "why", "a.B: outer", "c.D: inner"),
            Captures.secret(1, "CLIENT_RANDOM", (byte) 7),
            Captures.secret(1, "not of a key log", (byte) 8),
            Captures.closed(1)
        };
        List<String> written = new ArrayList<>();
        store.begin(1);
        for (int again = 0; again < 20; again++) {
            for (Event event : read(Captures.write(events))) {
                written.add(Captures.text(event));
            }
        }
        store.forEach(this::keep);
        assertThat(kept).isEqualTo(written).hasSize(20 * events.length);
    }

    @Test
    void keepsBothByteOrders() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        byte[] text = "why".getBytes(StandardCharsets.UTF_8);
        byte[] number = {0, 0, 0, 0, 0, 0, 1, 40};
        store.begin(5);
        read(Blocks.concat(
                Blocks.section(order),
                Blocks.event(order, 1, EventType.NOTE.code(), Field.REASON.code(), text),
                Blocks.event(order, 1, EventType.NOTE.code(), Field.ALERT.code(), number),
                Blocks.event(order, 1, EventType.NOTE.code(), 999, text)));
        store.forEach(this::keep);
        assertThat(kept).containsExactly("NOTE #5 @6 REASON=why", "NOTE #5 @6 ALERT=296", "NOTE #5 @6");
    }

    @Test
    void beginsEmpty() throws IOException {
        store.begin(1);
        read(Captures.write(Captures.closed(1), Captures.secret(1, "CLIENT_RANDOM", (byte) 7)));
        store.begin(2);
        store.forEach(this::keep);
        assertThat(kept).isEmpty();
    }

    /** Stores all events of a capture, and returns them. */
    private List<Event> read(byte[] capture) throws IOException {
        List<Event> events = new ArrayList<>();
        CaptureReader.scan(new ByteArrayInputStream(capture), captured -> {
            store.add(captured);
            events.add(captured.event());
        });
        return events;
    }

    /** Reads each value alone before the event is decoded, and once more after that. */
    private void keep(CapturedEvent captured) {
        List<Object> alone = values(captured);
        Event event = captured.event();
        List<Object> first = new ArrayList<>();
        for (Field field : Field.values()) {
            first.add(
                    switch (field.kind()) {
                        case TEXT -> String.valueOf(event.text(field));
                        case NUMBER -> event.number(field, -1);
                        case BYTES -> List.of(event.bytes(field) == null ? "none" : event.bytes(field));
                    });
        }
        assertThat(alone).usingRecursiveComparison().isEqualTo(first);
        assertThat(values(captured)).usingRecursiveComparison().isEqualTo(first);
        kept.add(Captures.text(event));
    }

    private static List<Object> values(CapturedEvent captured) {
        List<Object> values = new ArrayList<>();
        for (Field field : Field.values()) {
            byte[] bytes = captured.bytes(field);
            values.add(
                    switch (field.kind()) {
                        case TEXT -> String.valueOf(captured.text(field));
                        case NUMBER -> captured.number(field, -1);
                        case BYTES -> List.of(bytes == null ? "none" : bytes);
                    });
            if (field.kind() != Field.Kind.NUMBER) {
                assertThat(captured.number(field, -1)).as("another kind").isEqualTo(-1);
            }
        }
        return values;
    }
}
