package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With all options on no file has a private key, a password of a key store, or a key of JSSE's session tickets, in any form; and after a
 * detach the JVM's memory has no secret that was captured.
 */
class SecretsStayTest {
    @TempDir
    private Path directory;

    @Test
    void inTheJvmAndOutOfItsMemory() throws IOException {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        List<String> options =
                List.of("-XX:+EnableDynamicAgentLoading", "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED");
        Path during = directory.resolve("during.hprof");
        Path after = directory.resolve("after.hprof");
        Map<String, byte[]> own = new TreeMap<>();
        try (ForkedJvm jvm =
                bench.briefProgram(jdk, options, "life.SecretsRun", Bench.pki().toString())) {
            jvm.lineThatBegins("ready");
            bench.succeed(
                    jdk,
                    "attach",
                    "" + jvm.pid(),
                    "--out=" + bench.out(),
                    "--keep=all",
                    "--secrets=on",
                    "--records=all",
                    "--log=all");
            ask(jvm, "load", "loaded");
            ask(jvm, "call TLSv1.2", "ok");
            ask(jvm, "call TLSv1.3", "ok");
            own.putAll(secrets(jvm, "own"));
            own.putAll(secrets(jvm, "tickets"));
            ask(jvm, "dump " + during, "dumped");
            assertThat(bench.succeed(jdk, "detach", "" + jvm.pid()).out()).contains("0 events dropped");
            ask(jvm, "forget", "forgotten");
            ask(jvm, "dump " + after, "dumped");
            assertThat(jvm.err()).isEmpty();
        }
        assertThat(own).hasSize(5 + 1 + 1 + 2 + 1);
        assertThat(own).containsKeys("server-rsa.d", "server-ec.s", "password", "wrong-password", "ticket-key");
        SecretSearch forbidden = new SecretSearch(own);
        try (Stream<Path> files = Files.list(bench.out())) {
            List<Path> written = files.toList();
            assertThat(written).anyMatch(file -> file.toString().endsWith(".pcapng"));
            assertThat(written).anyMatch(file -> file.toString().endsWith(".log"));
            for (Path file : written) {
                assertThat(forbidden.in(Files.readAllBytes(file))).as(file + "").isEmpty();
            }
        }

        Map<String, byte[]> captured = captured(bench);
        assertThat(captured.keySet()).contains("CLIENT_RANDOM", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0");
        SecretSearch sought = new SecretSearch(captured);
        assertThat(sought.in(Files.readAllBytes(bench.captures().get(0))))
                .as("the search finds what is there")
                .hasSizeGreaterThan(20);
        assertThat(sought.in(Files.readAllBytes(during)))
                .as("while JSSE has its sessions")
                .isNotEmpty();
        assertThat(sought.in(Files.readAllBytes(after))).isEmpty();
    }

    /** The search itself: in each form, at any place. */
    @Test
    void noFormEscapesTheSearch() {
        byte[] secret = new byte[48];
        new SecureRandom().nextBytes(secret);
        SecretSearch search = new SecretSearch(Map.of("it", secret));
        assertThat(search.in(new byte[4096])).isEmpty();
        String hex = HexFormat.of().formatHex(secret);
        for (int before = 0; before < 4; before++) {
            byte[] moved = new byte[before + secret.length + 3];
            System.arraycopy(secret, 0, moved, before, secret.length);
            String base64 = Base64.getEncoder().encodeToString(moved);
            assertThat(search.in(moved)).hasSize(3).allMatch(form -> form.endsWith("raw"));
            assertThat(search.in(base64.getBytes(StandardCharsets.US_ASCII))).hasSize(3);
            assertThat(search.in(("x".repeat(before) + hex).getBytes(StandardCharsets.UTF_16BE)))
                    .filteredOn(form -> form.endsWith("UTF-16BE"))
                    .hasSize(3);
            assertThat(search.in(hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE)))
                    .filteredOn(form -> form.endsWith("UTF-16LE"))
                    .hasSize(3);
        }
    }

    private static Map<String, byte[]> captured(Bench bench) throws IOException {
        Map<String, byte[]> secrets = new TreeMap<>();
        for (Path file : bench.captures()) {
            CaptureReader.read(file, event -> {
                byte[] value = event.bytes(Field.BYTES);
                if (event.type() == EventType.SECRET && value != null && value.length >= 16) {
                    String label = event.text(Field.LABEL);
                    secrets.put(secrets.containsKey(label) ? label + " " + secrets.size() : label, value);
                }
            });
        }
        return secrets;
    }

    private static Map<String, byte[]> secrets(ForkedJvm jvm, String command) {
        Map<String, byte[]> secrets = new TreeMap<>();
        jvm.say(command);
        for (String line = jvm.nextLine(); !line.equals("done"); line = jvm.nextLine()) {
            String[] words = line.split(" ", 3);
            secrets.put(words[1], HexFormat.of().parseHex((words[2].length() % 2 == 0 ? "" : "0") + words[2]));
        }
        return secrets;
    }

    private static void ask(ForkedJvm jvm, String command, String answer) {
        jvm.say(command);
        assertThat(jvm.nextLine()).isEqualTo(answer);
    }
}
