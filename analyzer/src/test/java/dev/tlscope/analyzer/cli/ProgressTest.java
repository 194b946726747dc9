package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    @TempDir
    private Path directory;

    @Test
    void saysNothingWhenNobodyLooksAndClearsUpWhenSomebodyDoes() throws Exception {
        Path file = Files.write(directory.resolve("a"), new byte[1000]);
        assertThat(drawn(file, false)).isEmpty();
        assertThat(drawn(file, true)).contains("50 %").endsWith("\r\u001b[K");
    }

    private static String drawn(Path file, boolean shown) throws Exception {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of(List.of(file), new PrintWriter(err), shown, 0)) {
            InputStream in = progress.count(new ByteArrayInputStream(new byte[1000]));
            assertThat(in.readNBytes(500)).hasSize(500);
        }
        return err.toString();
    }
}
