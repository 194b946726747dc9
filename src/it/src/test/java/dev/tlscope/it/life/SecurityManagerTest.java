package dev.tlscope.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A SecurityManager that grants the application few permissions. Only JDK 17 and earlier start with one. */
class SecurityManagerTest {
    private static final String APPLICATION = """
            permission java.net.SocketPermission "*", "listen,accept,connect,resolve";
            permission java.io.FilePermission "<<ALL FILES>>", "read";
            permission java.util.PropertyPermission "*", "read";
            permission java.lang.RuntimePermission "shutdownHooks";
            permission java.lang.RuntimePermission "modifyThread";
            """;
    private static final String EVERYTHING = "permission java.security.AllPermission;";

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream().filter(jdk -> jdk.version() <= 17);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void takesNothingFromTheCapture(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        String policy = grant(Bench.PROGRAMS, APPLICATION) + grant(Bench.TLSCOPE, EVERYTHING);
        for (String transport : List.of("socket", "engine")) {
            Scenario.Ran ran = run(bench, jdk, policy, transport);
            assertThat(ran.clientOut()).startsWith("ok ");
            assertThat(ran.serverErr()).doesNotContain("Exception").doesNotContain("tlscope");
        }
        for (Path capture : bench.captures()) {
            Bench.Ran verified = InProcessCommand.run("verify", capture.toString());
            assertThat(verified.exitCode()).as(verified.out()).isZero();
        }
        assertThat(bench.captures()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void refusesTheAgentAndNothingElse(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        Scenario.Ran ran = run(bench, jdk, grant(Bench.PROGRAMS, APPLICATION), "socket");
        assertThat(ran.clientOut()).startsWith("ok ");
        assertThat(ran.serverErr().lines().filter(line -> !line.startsWith("WARNING: ")))
                .hasSize(1)
                .allMatch(line -> line.startsWith("tlscope: not attached: ") && line.contains("grant tlscope.jar"));
        assertThat(bench.captures()).isEmpty();
    }

    private Scenario.Ran run(Bench bench, Jdk jdk, String policy, String transport) throws IOException {
        Path file = Files.writeString(directory.resolve("application.policy"), policy);
        return new Scenario(bench, jdk)
                .serverJvm(
                        bench.agent("keep=all,secrets=on,quiet=true"),
                        "-Djava.security.manager",
                        "-Djava.security.policy=" + file)
                .server("--transport", transport)
                .run();
    }

    private static String grant(Path jar, String permissions) {
        return "grant codeBase \"" + jar.toUri() + "\" {\n" + permissions + "};\n";
    }
}
