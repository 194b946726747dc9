package dev.tlscope.analyzer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cli.OfflineCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine;

/** Runs the offline commands on golden captures, in this JVM. */
final class GoldenCommand {
    /** The directory for decompressed captures and other output that people may look at. */
    static final Path OUT = Path.of("target/golden");

    private GoldenCommand() {}

    /** A golden capture as a file that the commands read. */
    static Path unpack(String name) throws IOException {
        Files.createDirectories(OUT);
        Path capture = OUT.resolve(name + ".pcapng");
        try (InputStream in = GoldenCapture.of(name).open()) {
            Files.copy(in, capture, StandardCopyOption.REPLACE_EXISTING);
        }
        return capture;
    }

    /**
     * What {@code tlscope COMMAND ARGUMENTS} writes to standard output.
     *
     * @param mostExitCode an exit code above that fails the test
     */
    static byte[] run(int mostExitCode, String command, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintWriter text = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        Object found = new OfflineCommands()
                        .apply(
                                pid -> {
                                    throw new IllegalArgumentException("these commands take files: " + pid);
                                },
                                out)
                        .stream()
                        .filter(it -> new CommandLine(it).getCommandName().equals(command))
                        .findFirst()
                        .orElseThrow();
        assertThat(new CommandLine(found).setOut(text).execute(arguments))
                .as("exit code of %s %s", command, String.join(" ", arguments))
                .isLessThanOrEqualTo(mostExitCode);
        text.flush();
        return out.toByteArray();
    }
}
