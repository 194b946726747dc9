package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What seal=CERTIFICATE writes: nothing that can be read without the key, of a JVM that detaches and of one that is killed; openssl reads it too. */
class SealTest {
    @TempDir
    private Path directory;

    /** The oldest and this build's own: the encryption is the target's. */
    static Stream<Jdk> jdks() {
        return Jdk.all().stream().filter(jdk -> jdk.version() == 8 || isOurs(jdk));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void onlyTheKeyOpensIt(Jdk jdk) throws Exception {
        Bench bench = new Bench(directory);
        Path certificate = Bench.pki().resolve("server-rsa-chain.pem");
        try (ForkedJvm service = bench.service(jdk, List.of())) {
            String[] attach = {
                "attach",
                "" + service.pid(),
                "--out",
                bench.out().toString(),
                "--keep=all",
                "--secrets=on",
                "--seal",
                certificate.toString()
            };
            assertThat(bench.succeed(jdk, attach).out()).contains("whoever has the key of " + certificate);
            Bench.call(service, "orders TLSv1.3", "ok TLSv1.3");
            assertThat(bench.succeed(jdk, "detach", "" + service.pid()).err()).isEmpty();
            assertThat(sealed(bench)).hasSize(1);
            bench.succeed(jdk, attach);
            Bench.call(service, "orders TLSv1.2", "ok TLSv1.2");
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .until(() -> sealed(bench).size() == 2
                            && Files.size(sealed(bench).get(1)) > 8_000);
        }
        Path detached = sealed(bench).get(0);
        Path killed = sealed(bench).get(1);
        for (Path file : sealed(bench)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(text.indexOf("orders")).isNegative();
            assertThat(text.indexOf("CLIENT_")).isNegative();
        }
        Bench.Ran refused = InProcessCommand.run("explain", detached.toString());
        assertThat(refused.err()).contains("like a sealed one, which tlscope open decrypts");

        String key = Bench.pki().resolve("server-rsa-key.pem").toString();
        String other = Bench.pki().resolve("client-key.pem").toString();
        assertThat(InProcessCommand.run("open", detached.toString(), "--key", other)
                        .exitCode())
                .isEqualTo(1);
        assertThat(bench.captures()).isEmpty();
        assertThat(InProcessCommand.run("open", detached.toString(), "--key", key)
                        .exitCode())
                .isZero();
        Bench.Ran cut = InProcessCommand.run("open", killed.toString(), "--key", key);
        assertThat(cut.exitCode()).isEqualTo(3);
        assertThat(cut.err())
                .contains("its last segment is missing: the JVM writes it still, or ended without closing it");

        assertThat(bench.captures()).hasSize(2);
        for (Path opened : bench.captures()) {
            Bench.Ran keys = InProcessCommand.run("export", "--to", "keylog", opened.toString());
            assertThat(keys.exitCode()).as(keys.err()).isZero();
            assertThat(keys.out()).contains("CLIENT_");
            assertThat(Files.getPosixFilePermissions(opened)).hasSize(2);
        }
        if (isOurs(jdk)) {
            assertThat(byOpenSsl(detached, key))
                    .isEqualTo(Files.readAllBytes(bench.captures().get(0)));
        }
    }

    private static boolean isOurs(Jdk jdk) {
        return jdk.version() == Jdk.current().version();
    }

    private static List<Path> sealed(Bench bench) throws IOException {
        try (Stream<Path> files = Files.list(bench.out())) {
            return files.filter(file -> file.toString().endsWith(".pcapng.cms"))
                    .sorted()
                    .toList();
        }
    }

    /** openssl decrypts each segment by itself. */
    private byte[] byOpenSsl(Path file, String key) throws IOException, InterruptedException {
        byte[] all = Files.readAllBytes(file);
        Path segment = directory.resolve("segment");
        Path plain = directory.resolve("plain");
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int at = 0; at < all.length; ) {
            int length = 4 + (((all[at + 2] & 0xff) << 8) | (all[at + 3] & 0xff));
            Files.write(segment, Arrays.copyOfRange(all, at, at + length));
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "cms",
                            "-decrypt",
                            "-inform",
                            "DER",
                            "-in",
                            segment.toString(),
                            "-inkey",
                            key,
                            "-out",
                            plain.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(openssl.waitFor()).as(said).isZero();
            joined.writeBytes(Files.readAllBytes(plain));
            at += length;
        }
        return joined.toByteArray();
    }
}
