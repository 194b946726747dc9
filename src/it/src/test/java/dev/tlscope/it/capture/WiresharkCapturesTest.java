package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Tshark;
import dev.tlscope.tls.SecretLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The captures and key logs that Wireshark is tested with, from its source package. TLSCOPE_WIRESHARK names the directory
 * where src/build/fetch-wireshark-captures.sh put them.
 */
class WiresharkCapturesTest {
    private static Path published;

    @TempDir
    private Path directory;

    @BeforeAll
    static void find() {
        String variable = System.getenv("TLSCOPE_WIRESHARK");
        assumeTrue(variable != null, "TLSCOPE_WIRESHARK is not set: Wireshark's captures are not there");
        published = Path.of(variable);
    }

    /** Another program's captures contain no event: each is rejected with one line that says so. */
    @ParameterizedTest
    @ValueSource(strings = {"tls13-rfc8446.pcap", "tls12-dsb.pcapng", "dtls12-aes128ccm8-dsb.pcapng"})
    void whatIsNoCaptureOfOursIsSaidSo(String name) {
        Path file = published.resolve("captures").resolve(name);
        for (String verb : List.of("show", "verify", "explain")) {
            Bench.Ran ran = new Bench(directory).cli(Jdk.current(), verb, file.toString());
            assertThat(ran.exitCode()).as(verb).isEqualTo(1);
            assertThat(ran.err().lines())
                    .as(verb)
                    .singleElement()
                    .asString()
                    .contains(name, "is not a tlscope capture");
        }
    }

    /**
     * Converts labels and values from their key log to our blocks, and checks them as a key log, and by decrypting with
     * tshark.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"tls13-rfc8446", "tls13-rfc8446-noearly", "tls13-20-chacha20poly1305", "tls12-chacha20poly1305"})
    void everyKeyLogLineGoesThrough(String name) throws IOException {
        Set<String> lines = keyLog(name + ".keys");
        Path file = directory.resolve("ours.pcapng");
        write(file, lines);
        Bench.Ran exported = new Bench(directory).cli(Jdk.current(), "export", "--to", "keylog", file.toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(new TreeSet<>(exported.out().lines().toList())).isEqualTo(lines);

        Path original = published.resolve("captures").resolve(name.replace("-noearly", "") + ".pcap");
        Path theirs = directory.resolve("theirs.pcapng");
        Tshark.read(original, "-F", "pcapng", "-w", theirs.toString());
        Files.write(file, Files.readAllBytes(theirs), StandardOpenOption.APPEND);
        String withKeyLog =
                Tshark.read(original, fields("-o", "tls.keylog_file:" + published.resolve("keys/" + name + ".keys")));
        assertThat(Tshark.read(file, fields())).isEqualTo(withKeyLog);
        assertThat(Tshark.read(original, fields())).as("without secrets").isNotEqualTo(withKeyLog);
    }

    private static String[] fields(String... more) {
        List<String> arguments = new ArrayList<>(List.of("-Y", "tls", "-T", "fields", "-e", "tls.handshake.type"));
        arguments.addAll(List.of("-e", "tls.alert_message.desc", "-e", "_ws.col.Info"));
        arguments.addAll(List.of(more));
        return arguments.toArray(new String[0]);
    }

    /** Sections follow each other in a pcapng file: theirs is skipped, and its key log lines become secrets. */
    @Test
    void theirSecretsBlocksAreRead() throws IOException {
        Set<String> ours = keyLog("tls12-chacha20poly1305.keys");
        Path file = directory.resolve("both.pcapng");
        write(file, ours);
        Files.write(
                file, Files.readAllBytes(published.resolve("captures/tls12-dsb.pcapng")), StandardOpenOption.APPEND);
        List<String> theirs = new ArrayList<>();
        CaptureReader.read(file, event -> {
            if (event.type() == EventType.SECRET && event.connection() == 0) {
                theirs.add(line(event));
            }
        });
        Set<String> expected = new TreeSet<>(keyLog("tls12-dsb-1.keys"));
        expected.addAll(keyLog("tls12-dsb-2.keys"));
        assertThat(theirs).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Set<String> keyLog(String name) throws IOException {
        Set<String> lines =
                new TreeSet<>(OpenSsl.keyLog(published.resolve("keys").resolve(name)));
        // the old label of NSS, which RFC 9850 does not have
        lines.removeIf(line -> line.startsWith("RSA "));
        assertThat(lines).isNotEmpty();
        return lines;
    }

    private static void write(Path file, Set<String> lines) throws IOException {
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(file))) {
            for (String line : lines) {
                String[] part = line.split(" ", 3);
                assertThat(SecretLabel.ofName(part[0])).as(part[0]).isNotNull();
                writer.write(new Event(EventType.SECRET, 1, 1)
                        .put(Field.LABEL, part[0])
                        .put(Field.CLIENT_RANDOM, HexFormat.of().parseHex(part[1]))
                        .put(Field.BYTES, HexFormat.of().parseHex(part[2])));
            }
        }
    }

    private static String line(Event secret) {
        return secret.text(Field.LABEL) + " "
                + HexFormat.of().formatHex(secret.bytes(Field.CLIENT_RANDOM)) + " "
                + HexFormat.of().formatHex(secret.bytes(Field.BYTES));
    }
}
