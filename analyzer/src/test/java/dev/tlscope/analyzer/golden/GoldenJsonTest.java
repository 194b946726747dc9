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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * What {@code explain} and {@code export} write of the golden captures as JSON is the same byte for byte, by its digests.
 * {@code -Dtlscope.write=true} writes them anew. The JSON itself is left in target/golden: keep it before a change, and compare
 * it after.
 */
class GoldenJsonTest {
    private static final Path DIGESTS = GoldenCapture.DIRECTORY.resolve("json.sha256");
    private static final Path OUT = Path.of("target/golden");

    @Test
    void isTheSameByteForByte() throws IOException {
        Files.createDirectories(OUT);
        List<String> digests = new ArrayList<>();
        for (String name : GoldenCapture.names()) {
            Path capture = OUT.resolve(name + ".pcapng");
            try (InputStream in = GoldenCapture.of(name).open()) {
                Files.copy(in, capture, StandardCopyOption.REPLACE_EXISTING);
            }
            digests.add(digest(name + ".explain.json", "explain", "--format", "json", "--all", capture.toString()));
            digests.add(digest(name + ".export.json", "export", "--to", "json", capture.toString()));
        }
        if (Boolean.getBoolean("tlscope.write")) {
            Files.write(DIGESTS, digests);
        }
        assertThat(digests).isEqualTo(Files.readAllLines(DIGESTS));
    }

    /** A line as sha256sum writes it. */
    private static String digest(String file, String command, String... arguments) throws IOException {
        byte[] json = run(command, arguments);
        Files.write(OUT.resolve(file), json);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)) + "  " + file;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] run(String command, String... arguments) {
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
        assertThat(new CommandLine(found).setOut(text).execute(arguments)).isZero();
        text.flush();
        return out.toByteArray();
    }
}
