package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

/** Limits are in bytes of the heap: the computed size of an event must not be less than its real size. */
class EventSizeTest {
    private final Event event = new Event(EventType.FAILURE, 1, 0);

    @Test
    void countsAllTexts() {
        int before = size();
        for (int frame = 0; frame < 60; frame++) {
            event.put(
                    Field.FRAME,
                    "java.base/sun.security.ssl.TransportContext.fatal(TransportContext.java:" + frame + ")");
        }
        // two slots, the text's object, and an array with its header
        assertThat(size() - before).isGreaterThan(60 * (8 + 24 + 16 + 70)).isLessThan(60 * 200);
    }

    @Test
    void countsAllBytes() {
        int before = size();
        event.put(Field.BYTES, new byte[1000]).put(Field.TRANSCRIPT_HASH, new byte[48]);
        assertThat(size() - before).isGreaterThan(1048 + 2 * (8 + 16)).isLessThan(1200);
    }

    @Test
    void countsNumbers() {
        int before = size();
        event.put(Field.SEQUENCE, 1L << 40);
        assertThat(size() - before).isBetween(8 + 16, 48);
    }

    private int size() {
        return new CompleteEvent(event).size();
    }
}
