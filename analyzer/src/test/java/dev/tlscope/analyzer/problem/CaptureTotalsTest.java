package dev.tlscope.analyzer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CaptureTotalsTest {
    private static final Path FILE = Path.of("a.pcapng");

    private final CapturedJvms jvms = new CapturedJvms();
    private final Problems problems = new Problems(jvms);

    @Test
    void whatWasOnlyCountedIsSaid() {
        jvms.add(
                FILE,
                new Event(EventType.CAPTURE, 0, 1)
                        .put(Field.NAME, "option.keep")
                        .put(Field.VALUE, "failures"));
        Event counted = new Event(EventType.NOTE, 0, 1_000_000_000L);
        pair(counted, "counted.connections", "40000");
        pair(counted, "counted.completed", "5000");
        pair(counted, "counted.failed", "35642");
        jvms.add(FILE, counted);
        assertThat(CaptureTotals.sentence(problems, false))
                .contains("counted 40,000 connections: 5,000 completed their handshake, and 35,642 failed.")
                .doesNotContain("not in the capture");
        pair(counted, "counted.repeated", "34642");
        jvms.add(FILE, counted);
        assertThat(CaptureTotals.sentence(problems, false))
                .contains(" 34,642 of the failed are not in the capture: each kind");
    }

    private static void pair(Event event, String name, String value) {
        event.put(Field.NAME, name).put(Field.VALUE, value);
    }
}
