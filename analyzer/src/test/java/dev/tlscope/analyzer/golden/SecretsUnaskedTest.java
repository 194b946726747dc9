package dev.tlscope.analyzer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command writes a captured secret unless {@code --secrets} asks for it. */
@Tag("slow")
class SecretsUnaskedTest {
    private static final String CAPTURE = "suites";
    private static final int SOME = 60;
    /** The beginning of a gzip file in Base64, and what follows. */
    private static final Pattern PACKED = Pattern.compile("H4sI[A-Za-z0-9+/]+=*");

    /** The exit code of {@code verify} when not everything could be checked. */
    private static final int PARTLY = 5;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show",
                "show --hex",
                "show --format json",
                "verify",
                "verify --format json",
                "export --to json --events",
                "export --to json --hex",
                "report -o"
            })
    void isWrittenWhenAskedForAlone(String command) throws IOException {
        List<String> secrets = new ArrayList<>();
        for (byte[] secret : secrets()) {
            secrets.add(HexFormat.of().formatHex(secret));
        }
        String unasked = text(command);
        assertThat(secrets.stream().filter(unasked::contains)).as(command).isEmpty();
        String asked = text(command + " --secrets");
        assertThat(secrets.stream().filter(asked::contains))
                .as(command + " --secrets")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain --all",
                "explain --format json --all",
                "explain --format json",
                "explain",
                "export --to json"
            })
    void isNeverWritten(String command) throws IOException {
        String text = text(command);
        for (byte[] secret : secrets()) {
            assertThat(text).as(command).doesNotContain(HexFormat.of().formatHex(secret));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"export --to pcapng", "export --to pcapng --secrets"})
    void isInAnExportedCaptureWhenAskedForAlone(String command) throws IOException {
        // bytes as characters
        String capture = new String(run(command), StandardCharsets.ISO_8859_1);
        List<byte[]> secrets = secrets();
        long written = secrets.stream()
                .filter(secret -> capture.contains(new String(secret, StandardCharsets.ISO_8859_1)))
                .count();
        assertThat(written > 0).isEqualTo(command.endsWith("--secrets"));
    }

    private String text(String command) throws IOException {
        String text = new String(run(command), StandardCharsets.UTF_8);
        return command.startsWith("report") ? unpacked(text) : text;
    }

    /** The page with its data, which is gzip in Base64. */
    private static String unpacked(String page) throws IOException {
        StringBuilder all = new StringBuilder(page);
        Matcher packed = PACKED.matcher(page);
        while (packed.find()) {
            byte[] bytes = Base64.getDecoder().decode(packed.group());
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    private byte[] run(String line) throws IOException {
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
        String command = words.remove(0);
        Path page = directory.resolve("page.html");
        int output = words.indexOf("-o");
        if (output >= 0) {
            words.add(output + 1, page.toString());
            words.add("--force");
        }
        words.add(GoldenCommand.unpack(CAPTURE).toString());
        byte[] written = GoldenCommand.run(PARTLY, command, words.toArray(new String[0]));
        return output >= 0 ? Files.readAllBytes(page) : written;
    }

    /** Some secrets of all kinds, because searching for all of them would take long. */
    private static List<byte[]> secrets() throws IOException {
        List<byte[]> all = new ArrayList<>();
        CaptureReader.read(GoldenCommand.unpack(CAPTURE), event -> {
            byte[] bytes = event.bytes(Field.BYTES);
            if (event.type() == EventType.SECRET && bytes != null && bytes.length >= 32) {
                all.add(bytes);
            }
        });
        List<byte[]> some = new ArrayList<>();
        for (int at = 0; at < all.size(); at += Math.max(1, all.size() / SOME)) {
            some.add(all.get(at));
        }
        assertThat(some).hasSizeGreaterThanOrEqualTo(SOME);
        return some;
    }
}
