package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final String CLEAR_LINE = "\r\u001b[K";

    @TempDir
    private Path directory;

    @Test
    void saysNothingWhenNobodyLooksAndClearsUpWhenSomebodyDoes() throws Exception {
        Path file = Files.write(directory.resolve("a"), new byte[1000]);
        assertThat(drawn(file, false, 80)).isEmpty();
        assertThat(drawn(file, true, 80)).contains("50 %").endsWith(CLEAR_LINE);
    }

    @Test
    void fitsItsTerminal() throws Exception {
        Path file = Files.write(directory.resolve("a"), new byte[1000]);
        assertThat(drawn(file, true, 40).split(Pattern.quote(CLEAR_LINE)))
                .allMatch(line -> line.length() < 40)
                .anyMatch(line -> line.contains("50 %"));
    }

    private static String drawn(Path file, boolean shown, int columns) throws Exception {
        StringWriter err = new StringWriter();
        try (Progress progress = Progress.of(List.of(file), new PrintWriter(err), shown, 0, () -> columns)) {
            InputStream in = progress.count(new ByteArrayInputStream(new byte[1000]));
            assertThat(in.readNBytes(500)).hasSize(500);
        }
        return err.toString();
    }
}
