package dev.tlscope.analyzer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    private Path directory;

    @Test
    void oneBadFileDoesNotEndTheWatchOfTheOthers() throws Exception {
        Path dangling = Files.createSymbolicLink(directory.resolve("a.pcapng"), directory.resolve("later"));
        Path loop = Files.createSymbolicLink(directory.resolve("b.pcapng"), Path.of("b.pcapng"));
        write(directory.resolve("c.pcapng"));

        Watch watch = new Watch(directory, true);
        Handshake first = watch.next(1, TimeUnit.MINUTES);
        assertThat(first).isNotNull();
        // and looks again, at unchanged files and at new ones
        write(directory.resolve("later"));
        Handshake second = watch.next(1, TimeUnit.MINUTES);
        assertThat(second).isNotNull();
        assertThat(second.file()).isEqualTo(dangling);
        assertThat(watch.next(1, TimeUnit.MILLISECONDS)).isNull();

        List<String> troubles = new ArrayList<>();
        for (String trouble = watch.trouble(); trouble != null; trouble = watch.trouble()) {
            troubles.add(trouble);
        }
        assertThat(troubles).hasSize(1).allMatch(line -> line.startsWith(loop + " cannot be read: Too many levels"));
    }

    private static void write(Path capture) throws IOException {
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(capture))) {
            writer.write(new Event(EventType.CONNECTION, 1, 1).put(Field.ROLE, "client"));
            writer.write(new Event(EventType.FAILURE, 1, 2)
                    .put(Field.DIRECTION, "in")
                    .put(Field.ALERT, 40));
        }
    }
}
