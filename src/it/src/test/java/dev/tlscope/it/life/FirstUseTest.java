package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever class of TLS a JVM loads first, the agent begins while that class is loaded, and so without using it: javax.mail,
 * commons-net, Apache HttpClient 4 and Connector/J begin with SSLSocket.
 */
class FirstUseTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> classes() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                                "javax.net.ssl.SSLSocket",
                                "javax.net.ssl.SSLEngine",
                                "javax.net.ssl.SSLContext",
                                "javax.net.ssl.KeyManagerFactory",
                                "javax.net.ssl.TrustManagerFactory",
                                "sun.security.ssl.SSLContextImpl",
                                "java.security.KeyStore")
                        .map(first -> Arguments.of(jdk, first)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("classes")
    void isCapturedWhateverIsLoadedFirst(Jdk jdk, String first) throws Exception {
        Bench bench = new Bench(directory);
        try (ForkedJvm jvm = bench.briefProgram(
                jdk, List.of(bench.agent("quiet=true")), "life.ExitRun", "--failures", "1", "--first", first)) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            assertThat(jvm.err()).isEmpty();
        }
        assertThat(ExplainedFailures.of(bench).failures()).hasSize(1);
    }
}
