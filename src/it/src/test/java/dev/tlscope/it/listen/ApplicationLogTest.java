package dev.tlscope.it.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.life.ProbeLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures in the logs that applications have, from the start and by attach, and nothing of them after a detach. */
class ApplicationLogTest {
    private static final List<String> DYNAMIC = List.of("-XX:+EnableDynamicAgentLoading");

    @TempDir
    private Path directory;

    static Stream<Arguments> logs() {
        return Jdk.all().stream()
                .flatMap(jdk -> Arrays.stream(LoggedApplication.Log.values())
                        .filter(log -> log != LoggedApplication.Log.TLS_HANDLER && log.runsOn(jdk))
                        .map(log -> Arguments.of(jdk, log)));
    }

    /** A failure before the application has a log waits for it, so that no log is initialised by the agent. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("logs")
    void aFailureIsALineOfTheApplicationsLog(Jdk jdk, LoggedApplication.Log log) {
        Bench bench = new Bench(directory);
        try (LoggedApplication application =
                LoggedApplication.start(bench, jdk, log, bench.agent("quiet=true,log=app"))) {
            assertThat(application.ask("call expired-rsa")).startsWith("failed ");
            assertThat(application.ask("log the application starts")).isEqualTo("logged");
            application.awaitLog("certificate-expired: the server's certificate CN=orders.demo.internal");
            assertThat(application.ask("call server-rsa")).isEqualTo("ok TLSv1.2");
            assertThat(application.ask("call other-rsa")).startsWith("failed ");
            assertThat(application.ask("versions")).startsWith("failed ");
            application.awaitLog("hostname-mismatch: the server's certificate CN=billing.demo.internal");
            application.awaitLog("(client to localhost 127.0.0.1:");
            application.awaitLog("no-common-protocol: the server supports none of the TLS versions");
            String written = application.log();
            if (log
                    != LoggedApplication.Log
                            .SYSTEM_LOGGER) { // which the JDK may use for its own security events, before
                assertThat(written.indexOf("the application starts"))
                        .as("the agent does not use the log before the application does")
                        .isBetween(0, written.indexOf("certificate-expired"));
            }
            assertThat(written)
                    .containsPattern("error\\.type=\"?certificate-expired")
                    .containsPattern("tls\\.protocol\\.version=\"?1\\.2")
                    .containsPattern("server\\.address=\"?localhost")
                    .doesNotContain("handshake completed");
            assertThat(linesWith(written, "certificate-expired: the server's")).hasSize(1);
        }
    }

    /** Also when the JDK has started java.util.logging for its own events, as it does at the end of a handshake. */
    @Test
    void withoutALogAFileOfOursHasTheLine() throws IOException {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        try (ForkedJvm jvm = bench.briefProgram(
                jdk,
                List.of(bench.agent("quiet=true,log=app")),
                "listen.FailingCalls",
                Bench.pki().toString(),
                "none")) {
            jvm.lineThatBegins("ready");
            jvm.say("call server-rsa");
            assertThat(jvm.nextLine()).isEqualTo("ok TLSv1.2");
            jvm.say("call expired-rsa");
            assertThat(jvm.nextLine()).startsWith("failed ");
            jvm.endInput();
            assertThat(jvm.exitCode()).isZero();
            assertThat(jvm.err()).isEmpty();
            try (Stream<Path> files = Files.list(bench.out())) {
                Path file = files.filter(each -> each.toString().endsWith(".log"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Files.readString(file))
                        .contains(" WARN dev.tlscope TLS handshake failed (client to localhost");
                assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LoggedApplication.Log.class,
            names = {"LOGBACK", "LOG4J_ASYNC", "JUL", "SYSTEM_LOGGER", "JBOSS_LOG_MANAGER"})
    void nothingIsLeftAfterADetach(LoggedApplication.Log log) {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        try (LoggedApplication application = LoggedApplication.start(
                bench, jdk, log, DYNAMIC.get(0), "-XX:StartFlightRecording", "-Xlog:jfr*=off", "-Xlog:disable")) {
            application.ask("log the application starts");
            assertThat(application.ask("bean Failed")).isEqualTo("no bean");
            String pid = "" + application.jvm().pid();
            bench.succeed(jdk, "attach", pid, "--out", bench.out().toString(), "--log=failures", "--secrets=on");
            String user = System.getProperty("user.name");
            application.awaitLog("tlscope captures TLS with secrets to " + bench.out()
                    + " (keep=failures, records=handshake, seal=off): attach by " + user);
            assertThat(application.ask("call expired-rsa")).startsWith("failed ");
            application.awaitLog("certificate-expired: the server's");
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .until(() -> application.ask("bean Failed").equals("Failed=2"));
            assertThat(bench.succeed(jdk, "status", pid).out()).containsPattern("lines logged +3\n");

            bench.succeed(jdk, "detach", pid);
            assertThat(application.ask("bean Failed")).isEqualTo("no bean");
            assertThat(application.ask("call other-rsa")).startsWith("failed ");
            application.ask("log still here");
            application.awaitLog("still here");
            assertThat(application.log()).doesNotContain("hostname-mismatch");
            assertThat(ProbeLoader.ask(bench, jdk, application.jvm(), "count"))
                    .isEqualTo("calls 0, classes 0, threads 0");
        }
    }

    /** The handler's own calls fail too, at both ends: it is not told of its own, and of the server's as of any other, ten a minute. */
    @Test
    void aHandlerThatSpeaksTlsIsCalledBoundedly() {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        try (LoggedApplication application = LoggedApplication.start(
                bench, jdk, LoggedApplication.Log.TLS_HANDLER, bench.agent("quiet=true,log=app"))) {
            application.ask("log the application starts");
            assertThat(application.ask("call expired-rsa")).startsWith("failed ");
            application.awaitLog("certificate-expired: the server's");
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .until(() -> bench.succeed(
                                    jdk, "status", "" + application.jvm().pid())
                            .out()
                            .replaceAll(" +", " ")
                            .matches("(?s).*lines left out [1-9].*"));
            int published = Integer.parseInt(application.ask("published").substring("published ".length()));
            assertThat(published).isBetween(2, 40);
            assertThat(application.ask("call server-rsa")).isEqualTo("ok TLSv1.2");
        }
    }

    @Test
    void aLoggerThatIsOffGetsNoLine() {
        Bench bench = new Bench(directory);
        Jdk jdk = Jdk.current();
        try (LoggedApplication application = LoggedApplication.start(
                bench, jdk, LoggedApplication.Log.LOGBACK, "-Dtlscope.level=OFF", bench.agent("quiet=true,log=app"))) {
            application.ask("log the application starts");
            assertThat(application.ask("call expired-rsa")).startsWith("failed ");
            application.ask("log one more");
            application.awaitLog("one more");
            assertThat(bench.succeed(jdk, "status", "" + application.jvm().pid())
                            .out())
                    .contains("of which 2 failed\n")
                    .containsPattern("lines logged +0\n");
            assertThat(application.log()).doesNotContain("handshake failed");
        }
    }

    private static List<String> linesWith(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).toList();
    }
}
