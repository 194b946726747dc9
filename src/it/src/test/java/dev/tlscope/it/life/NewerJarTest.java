package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first jar's entry class stays in the JVM until it ends, and a newer jar has to work through it. */
class NewerJarTest {
    private static final String NEWER = "999.0";

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void isAttachedWhereAnOlderOneWasDetached(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        Path newer = copyWithVersion(directory.resolve("newer, with a comma.jar"));
        List<String> first = List.of(bench.agent("quiet=true,keep=all"));
        try (ForkedJvm service = bench.service(jdk, first)) {
            String pid = "" + service.pid();
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(status(bench, jdk, newer, pid)).doesNotContain(NEWER);
            bench.succeed(jdk, "detach", pid);

            Bench.Ran attached =
                    bench.cli(jdk, newer, "attach", pid, "--out", bench.out().toString(), "--keep", "failures");
            assertThat(attached.exitCode()).as(attached.err()).isZero();
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(status(bench, jdk, newer, pid))
                    .contains(NEWER)
                    .containsPattern("handshakes completed +2\n")
                    .containsPattern("internal errors +0\n")
                    .doesNotContain("refused");
            assertThat(bench.cli(jdk, newer, "detach", pid).exitCode()).isZero();
            Bench.call(service, "orders TLSv1.3", "ok ");
        }
    }

    private static String status(Bench bench, Jdk jdk, Path jar, String pid) {
        Bench.Ran ran = bench.cli(jdk, jar, "status", pid);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out();
    }

    private static Path copyWithVersion(Path copy) throws IOException {
        int changed = 0;
        try (JarFile jar = new JarFile(Bench.TLSCOPE.toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : jar.stream().toList()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                if (entry.getName().endsWith("dev/tlscope/version.properties")) {
                    out.write(("version=" + NEWER + "\n").getBytes(StandardCharsets.ISO_8859_1));
                    changed++;
                } else {
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
                out.closeEntry();
            }
        }
        assertThat(changed).isPositive();
        return copy;
    }
}
