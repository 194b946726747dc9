package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import dev.tlscope.it.harness.Tshark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the output of show and export for a capture of two handshakes with tshark and the schema. */
class ShowExportTest {
    @TempDir
    private Path directory;

    @Test
    void showAndExport() throws Exception {
        Bench bench = new Bench(directory);
        new Scenario(bench, Jdk.current())
                .handshakes(2)
                .serverJvm(bench.agent("secrets=on,keep=all,records=all,quiet=true"))
                .run();
        String capture = bench.captures().get(0).toString();
        String keyLog = run(bench, 0, "export", "--to", "keylog", capture);
        // EXPORTER_SECRET is computed for the key log if the JDK does not derive it
        List<String> secrets = keyLog.lines()
                .filter(line -> !line.startsWith("EXPORTER_SECRET "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(8).allMatch(secret -> secret.matches("[0-9a-f]{64,}"));

        show(bench, capture, secrets);
        json(bench, capture, secrets);
        pcapng(bench, capture, secrets, keyLog.lines().count() / 2);
    }

    @Test
    void nothingToWriteIsTold() throws Exception {
        Bench bench = new Bench(directory);
        Path capture = directory.resolve("empty.pcapng");
        new CaptureWriter(Files.newOutputStream(capture)).close();
        told(bench, 1, "there is no connection in 1 capture", "json", capture);
        told(bench, 1, "there is no connection 77777 in 1 capture", "json", capture, "--connection", "77777");
        told(bench, 1, "there is no secret in 1 capture; secrets are captured with", "keylog", capture);
        told(bench, 1, "there is no secret of connection 7 in 1 capture; ", "keylog", capture, "--connection", "7");
        told(bench, 1, "-o needs the name of a file", "json", capture, "-o", "");

        byte[] whole = Files.readAllBytes(capture);
        Path cut = Files.write(directory.resolve("cut.pcapng"), Arrays.copyOf(whole, whole.length - 1));
        Path file = directory.resolve("cut.json");
        told(bench, 3, "nothing was written: there is no connection in 1 capture", "json", cut, "-o", file.toString());
        assertThat(file).doesNotExist();
    }

    private static void told(Bench bench, int exitCode, String line, String form, Path capture, String... options) {
        List<String> arguments = new ArrayList<>(List.of("export", "--to", form, capture.toString()));
        arguments.addAll(List.of(options));
        Bench.Ran ran = bench.cli(Jdk.current(), arguments.toArray(new String[0]));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
        assertThat(ran.err().lines().toList()).last().asString().startsWith("tlscope: " + line);
    }

    /** A partial file with secrets would stay on the disk. */
    @Test
    void nothingIsLeftOfAnExportThatIsInterrupted() throws Exception {
        Path endless = directory.resolve("endless.pcapng");
        assertThat(new ProcessBuilder("mkfifo", endless.toString()).start().waitFor())
                .isZero();
        List<String> command = List.of(
                "-jar",
                Bench.TLSCOPE.toString(),
                "export",
                "--to",
                "json",
                "-o",
                directory.resolve("lines.json").toString(),
                endless.toString());
        try (ForkedJvm tlscope = ForkedJvm.start(Jdk.current(), directory, command)) {
            Awaitility.await().atMost(ForkedJvm.PATIENCE).until(() -> !parts().isEmpty());
            tlscope.terminate();
            assertThat(tlscope.exitCode()).isEqualTo(128 + 15);
        }
        assertThat(parts()).isEmpty();
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static void show(Bench bench, String capture, List<String> secrets) throws Exception {
        String text = run(bench, 0, "show", capture);
        assertThat(text)
                .contains("ClientHello", "EncryptedExtensions", "CertificateVerify", "supported_versions: ")
                .contains("sha256_fingerprint: ", "secret SERVER_TRAFFIC_SECRET_0")
                .doesNotContain("\u001b", "malformed");
        assertThat(secrets).noneMatch(text::contains);
        String open = run(bench, 0, "show", "--secrets", capture);
        assertThat(secrets).allMatch(open::contains);

        JsonSchema schema = JsonSchema.of(Path.of("../docs/export-schema.json"));
        JsonNode all = new ObjectMapper().readTree(run(bench, 0, "show", "--format", "json", capture));
        all.forEach(schema::check);
        assertThat(all).anyMatch(node -> node.at("/event/type").asText().equals("capture"));
        long connection = connections(all).get(1);
        String one = run(bench, 0, "show", "--format", "json", "--connection", "" + connection, capture);
        assertThat(connections(new ObjectMapper().readTree(one))).containsExactly(connection);
        run(bench, 1, "show", "--connection", "4711", capture);
    }

    private static void json(Bench bench, String capture, List<String> secrets) throws Exception {
        JsonSchema schema = JsonSchema.of(Path.of("../docs/export-schema.json"));
        String lines = run(bench, 0, "export", "--to", "json", capture);
        assertThat(secrets).noneMatch(lines::contains);
        assertThat(lines.lines()).hasSizeGreaterThanOrEqualTo(2);
        for (String line : lines.lines().toList()) {
            JsonNode handshake = new ObjectMapper().readTree(line);
            schema.check(handshake);
            assertThat(texts(handshake.at("/clientHello/cipherSuites")))
                    .contains(handshake.at("/cipherSuite").asText());
            assertThat(texts(handshake.at("/clientHello/namedGroups")))
                    .contains(handshake.at("/namedGroup").asText());
            assertThat(texts(handshake.at("/clientHello/signatureSchemes")))
                    .contains(handshake.at("/signatureScheme").asText());
            assertThat(handshake.at("/serverCertificates/0/sha256Fingerprint").asText())
                    .hasSize(64);
            assertThat(handshake.at("/messages/0/name").asText()).isEqualTo("ClientHello");
            assertThat(handshake.has("events")).isFalse();
        }
        for (String line : run(bench, 0, "export", "--to", "json", "--events", capture)
                .lines()
                .toList()) {
            JsonNode handshake = new ObjectMapper().readTree(line);
            schema.check(handshake);
            assertThat(handshake.at("/events")).isNotEmpty();
            assertThat(secrets).noneMatch(line::contains);
        }
        String open = run(bench, 0, "export", "--to", "json", "--secrets", capture);
        assertThat(secrets).allMatch(open::contains);
    }

    private static void pcapng(Bench bench, String capture, List<String> secrets, long linesOfOne) throws Exception {
        Path file = bench.directory().resolve("exported.pcapng");
        String[] export = {"export", "--to", "pcapng", "-o", file.toString(), capture};
        run(bench, 0, export);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Tshark.count(file, "tls.handshake.type == 1")).isEqualTo(2);
        assertThat(Tshark.count(file, "http")).as("no secret, no plain text").isZero();
        run(bench, 1, "export", "--to", "keylog", file.toString());
        String all = java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
        assertThat(secrets).noneMatch(all::contains);

        run(bench, 1, export);
        long connection = connections(new ObjectMapper().readTree(run(bench, 0, "show", "--format", "json", capture)))
                .get(1);
        run(
                bench,
                0,
                "export",
                "--to",
                "pcapng",
                "--secrets",
                "--force",
                "--connection",
                "" + connection,
                "-o",
                file.toString(),
                capture);
        assertThat(Tshark.count(file, "tls.handshake.type == 1")).isEqualTo(1);
        assertThat(Tshark.count(file, "http.request.method == GET")).isEqualTo(1);
        assertThat(run(bench, 0, "export", "--to", "keylog", file.toString()).lines())
                .hasSize((int) linesOfOne);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static List<Long> connections(JsonNode all) {
        return all.findParents("connection").stream()
                .map(node -> node.get("connection").asLong())
                .toList();
    }

    private static String run(Bench bench, int exitCode, String... arguments) {
        Bench.Ran ran = bench.cli(Jdk.current(), arguments);
        assertThat(ran.exitCode())
                .as("%s: %s", String.join(" ", arguments), ran.err())
                .isEqualTo(exitCode);
        assertThat(ran.err().lines().count()).isEqualTo(exitCode == 0 ? 0 : 1);
        return ran.out();
    }
}
