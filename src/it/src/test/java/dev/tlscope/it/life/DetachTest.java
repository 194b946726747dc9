package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a detach only the Tap remains in the JVM, as another agent observes. */
class DetachTest {
    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream().filter(jdk -> jdk.version() >= 17); // the probe needs Java 17
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void leavesTheJvmAsItWas(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        List<String> options = List.of("-XX:+EnableDynamicAgentLoading");
        try (ForkedJvm service = bench.service(jdk, options)) {
            Bench.call(service, "orders TLSv1.3", "ok ");
            Bench.call(service, "payments TLSv1.2", "ok ");
            Path before = dump(bench, jdk, service, "before");

            String pid = "" + service.pid();
            bench.succeed(jdk, "attach", pid, "--out", bench.out().toString(), "--keep", "all", "--secrets", "on");
            Bench.call(service, "orders TLSv1.3", "ok ");
            Bench.call(service, "payments TLSv1.2", "ok ");
            assertThat(ClassFiles.altered(before, dump(bench, jdk, service, "woven")))
                    .as("woven")
                    .contains("TransportContext", "SSLSecretDerivation", "X509Authentication", "SocketDispatcher");

            bench.succeed(jdk, "detach", pid);
            assertThat(ClassFiles.altered(before, dump(bench, jdk, service, "after")))
                    .isEmpty();
            assertThat(ProbeLoader.ask(bench, jdk, service, "listen")).isEqualTo("handler was free: true");
            Bench.call(service, "orders TLSv1.3", "ok ");
            Bench.call(service, "payments TLSv1.2", "ok ");
            assertThat(ProbeLoader.ask(bench, jdk, service, "count")).isEqualTo("calls 0, classes 0, threads 0");
        }
    }

    @Test
    void anotherAgentsBadBytesCostOneClass() {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        List<String> options = List.of("-XX:+EnableDynamicAgentLoading");
        try (ForkedJvm service = bench.service(jdk, options)) {
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(ProbeLoader.ask(bench, jdk, service, "spoil")).isEqualTo("spoilt");

            String pid = "" + service.pid();
            Path out = bench.out();
            bench.succeed(jdk, "attach", pid, "--out", out.toString(), "--keep", "all");
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(bench.succeed(jdk, "status", "--hooks", pid).out())
                    .containsPattern("handshakes completed +2\n")
                    .contains("ClassFormatError");
            assertThat(bench.succeed(jdk, "detach", pid).out())
                    .contains("the original bytes of a class were not restored")
                    .contains("sun.security.ssl.InputRecord");
            Bench.call(service, "orders TLSv1.3", "ok ");
            assertThat(ProbeLoader.ask(bench, jdk, service, "count")).isEqualTo("calls 0, classes 0, threads 0");
        }
    }

    private Path dump(Bench bench, Jdk jdk, ForkedJvm service, String name) throws IOException {
        assertThat(ProbeLoader.ask(bench, jdk, service, "dump")).matches("dumped [1-9][0-9]+");
        return Files.move(directory.resolve("dump.answer.classes"), directory.resolve(name));
    }
}
