package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.EventType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The first event of captures, which has the time of the attach and describes the JVM. */
final class OldestFirst {
    /** Enough for the first event of any capture. */
    private static final int OPENING_BYTES = 1 << 16;

    private record Begin(Path file, long nanos) {}

    private OldestFirst() {}

    /** Sorts captures by the time of their attach, and those of one attach by their number. */
    static List<Path> of(List<Path> captures) {
        return captures.stream()
                .map(file -> new Begin(file, begin(file)))
                .sorted(Comparator.comparingLong(Begin::nanos)
                        .thenComparingInt(begin -> begin.file().toString().length())
                        .thenComparing(Begin::file))
                .map(Begin::file)
                .toList();
    }

    /** The JVMs of captures. A capture that cannot be read, or only once, has none. */
    static CapturedJvms jvms(List<Path> captures) {
        CapturedJvms jvms = new CapturedJvms();
        for (Path file : captures) {
            opening(file, event -> jvms.add(file, event.event()));
        }
        return jvms;
    }

    private static long begin(Path file) {
        List<Long> times = new ArrayList<>();
        opening(file, event -> times.add(event.timeNanos()));
        return times.isEmpty() ? Long.MAX_VALUE : times.get(0);
    }

    private static void opening(Path file, Consumer<? super CapturedEvent> next) {
        try {
            if (Files.isRegularFile(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    CaptureReader.scan(new ByteArrayInputStream(in.readNBytes(OPENING_BYTES)), event -> {
                        if (event.type() == EventType.CAPTURE) {
                            next.accept(event);
                        }
                    });
                }
            }
        } catch (IOException e) {
            // reported when it is read completely
        }
    }
}
