package dev.tlscope.analyzer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JSON that {@code explain} and {@code export} write for the golden captures stays the same byte for byte, by its
 * digests. {@code -Dtlscope.write=true} writes these again. The JSON itself is left in target/golden: keep it before a
 * change, and compare it afterwards.
 */
@Tag("slow")
class GoldenJsonTest {
    private static final Path DIGESTS = GoldenCapture.DIRECTORY.resolve("json.sha256");

    @Test
    void isTheSameByteForByte() throws IOException {
        List<String> digests = new ArrayList<>();
        for (String name : GoldenCapture.names()) {
            Path capture = GoldenCommand.unpack(name);
            digests.add(digest(name + ".explain.json", "explain", "--format", "json", "--all", capture.toString()));
            digests.add(digest(name + ".export.json", "export", "--to", "json", capture.toString()));
        }
        if (Boolean.getBoolean("tlscope.write")) {
            Files.write(DIGESTS, digests);
        }
        assertThat(digests).isEqualTo(Files.readAllLines(DIGESTS));
    }

    /** A line in the format of sha256sum. */
    private static String digest(String file, String command, String... arguments) throws IOException {
        byte[] json = GoldenCommand.run(0, command, arguments);
        Files.write(GoldenCommand.OUT.resolve(file), json);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)) + "  " + file;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
