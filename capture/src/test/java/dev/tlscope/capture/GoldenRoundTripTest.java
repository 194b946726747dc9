package dev.tlscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden captures of analyzer, read and written again, are the same byte for byte: the file format has not changed.
 */
class GoldenRoundTripTest {
    private static final Path GOLDEN = Path.of("../analyzer/src/test/resources/golden");

    static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".pcapng.gz"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isWrittenAsItWasRead(Path compressed) throws IOException {
        byte[] capture;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
            capture = in.readAllBytes();
        }
        List<Event> events = new ArrayList<>();
        CaptureEnding ending = CaptureReader.read(new ByteArrayInputStream(capture), events::add);
        assertThat(ending).hasToString("complete, " + capture.length + " bytes");

        ByteArrayOutputStream again = new ByteArrayOutputStream(capture.length);
        try (CaptureWriter writer = new CaptureWriter(again)) {
            for (Event event : events) {
                writer.write(event);
            }
            writer.flush();
            assertThat(writer.bytes()).isEqualTo(capture.length);
        }
        assertThat(again.toByteArray()).isEqualTo(capture);
    }
}
