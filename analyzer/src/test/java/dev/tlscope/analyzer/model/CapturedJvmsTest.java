package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapturedJvmsTest {
    private static final Path ONE = Path.of("one-1.pcapng");
    private static final Path ONE_ON = Path.of("one-2.pcapng");
    private static final Path TWO = Path.of("two-1.pcapng");

    private final CapturedJvms jvms = new CapturedJvms();

    @Test
    void filesOfOneAttachmentAreOfOneJvm() {
        jvms.add(ONE, capture(100, "a", "17", "failures (default)"));
        jvms.add(ONE_ON, capture(100, "a", "17", "failures (default)"));
        assertThat(jvms.areSeveral()).isFalse();
        assertThat(jvms.leaveOutCompleted()).isTrue();
        assertThat(jvms.of(ONE)).isEqualTo(new CapturedJvm("a", "17", "com.example.Main", 100, false));
        jvms.add(TWO, capture(100, "b", "17", "all (agent argument)"));
        assertThat(jvms.areSeveral()).isTrue();
        assertThat(jvms.leaveOutCompleted()).isTrue();
        assertThat(jvms.of(TWO)).hasToString("b 17 com.example.Main");
    }

    /** The latest counts of each attach, whichever file has them; and no sum if one of them is not known. */
    @Test
    void countsAreTheLatestOfEachAttachment() {
        jvms.add(ONE, capture(100, "a", "17", "failures"));
        jvms.add(ONE_ON, capture(100, "a", "17", "failures"));
        jvms.add(ONE_ON, counted(900, 50, 40, 10));
        jvms.add(ONE, counted(300, 20, 18, 2));
        assertThat(jvms.counted()).contains(new HandshakeCounts(900, 50, 40, 10, 0, 0));
        jvms.add(TWO, capture(400, "b", "17", "failures"));
        assertThat(jvms.counted()).isEmpty();
        Event second = counted(700, 5, 4, 1);
        pair(second, "counted.repeated", "1");
        jvms.add(TWO, second);
        assertThat(jvms.counted()).contains(new HandshakeCounts(900, 55, 44, 11, 1, 0));
    }

    @Test
    void whatSaysNothingCountsNothing() {
        assertThat(jvms.leaveOutCompleted()).isFalse();
        assertThat(jvms.counted()).isEmpty();
        jvms.add(ONE, counted(900, 50, 40, 10));
        jvms.add(ONE, new Event(EventType.CAPTURE, 0, 1));
        assertThat(jvms.counted()).isEmpty();
        assertThat(jvms.of(ONE)).hasToString("? ? ?");
        jvms.add(ONE, counted(1000, -1, 40, 10));
        assertThat(jvms.counted()).contains(new HandshakeCounts(1000, 0, 40, 10, 0, 0));
    }

    @Test
    void aCaptureOfAllLeavesNothingOut() {
        jvms.add(TWO, capture(400, "b", "17", "all (agent argument)"));
        assertThat(jvms.leaveOutCompleted()).isFalse();
    }

    private static Event capture(long time, String host, String pid, String keep) {
        Event event = new Event(EventType.CAPTURE, 0, time);
        pair(event, "host", host);
        pair(event, "pid", pid);
        pair(event, "main", "com.example.Main");
        pair(event, "option.keep", keep);
        return event;
    }

    private static Event counted(long time, long connections, long completed, long failed) {
        Event event = new Event(EventType.NOTE, 0, time);
        pair(event, "counted.connections", String.valueOf(connections));
        pair(event, "counted.completed", String.valueOf(completed));
        pair(event, "counted.failed", String.valueOf(failed));
        return event;
    }

    private static void pair(Event event, String name, String value) {
        event.put(Field.NAME, name).put(Field.VALUE, value);
    }
}
