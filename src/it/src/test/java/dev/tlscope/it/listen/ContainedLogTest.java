package dev.tlscope.it.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures in a log that a container gives the application: Spring Boot's executable jar, a web application's own SLF4J. */
class ContainedLogTest {
    @TempDir
    private Path directory;

    private final Jdk jdk = Jdk.current();

    /** Neither SLF4J nor a logging system is there at the first failure. */
    @Test
    void aFailureBeforeSpringBootStartsIsALineOfItsLog() throws Exception {
        try (ForkedJvm jvm = boot()) {
            assertThat(ask(jvm, "call expired-rsa")).startsWith("failed ");
            assertThat(ask(jvm, "boot")).isEqualTo("booted");
            awaitLine("application.log", "certificate-expired: the server's certificate CN=orders.demo.internal");
            assertThat(ask(jvm, "call other-rsa")).startsWith("failed ");
            awaitLine("application.log", "hostname-mismatch: the server's certificate CN=billing.demo.internal");
            String written = text("application.log");
            assertThat(written.indexOf("Started FailingCalls")).isBetween(0, written.indexOf("hostname-mismatch"));
            assertThat(written).containsPattern(" WARN \\d+ --- .* dev\\.tlscope +: TLS handshake failed");
        }
    }

    /** The main class has a logger of its own, so that Logback is there, and Boot reconfigures it later. */
    @Test
    void aFailureBetweenTheFirstLoggerAndSpringBootIsALineOfTheLogOfThatTime() throws Exception {
        try (ForkedJvm jvm = boot()) {
            jvm.say("log early");
            jvm.lineThatBegins("logged");
            assertThat(jvm.out()).contains(" INFO app -- early");
            jvm.say("call expired-rsa");
            jvm.lineThatBegins("failed ");
            Awaitility.await().atMost(ForkedJvm.PATIENCE).until(() -> jvm.out().contains("certificate-expired: "));
            assertThat(jvm.out())
                    .containsPattern(" WARN dev\\.tlscope -.*- TLS handshake failed \\(client to localhost");
            jvm.say("boot");
            jvm.lineThatBegins("booted");
            jvm.say("call other-rsa");
            jvm.lineThatBegins("failed ");
            awaitLine("application.log", "hostname-mismatch: ");
            assertThat(text("application.log")).doesNotContain("certificate-expired");
        }
    }

    /** The container has no SLF4J; the request's thread sees that of the application, which is let go when it is undeployed. */
    @Test
    void aFailureInAWebApplicationIsALineOfItsOwnLog() {
        try (ForkedJvm jvm = webApplications()) {
            assertThat(ask(jvm, "first log the application starts")).isEqualTo("logged");
            assertThat(ask(jvm, "second log the application starts")).isEqualTo("logged");
            assertThat(ask(jvm, "first call expired-rsa")).startsWith("failed ");
            awaitLine("first.log", "certificate-expired: the server's certificate");
            assertThat(ask(jvm, "second call other-rsa")).startsWith("failed ");
            awaitLine("second.log", "hostname-mismatch: the server's certificate");
            assertThat(text("first.log")).doesNotContain("hostname-mismatch");
            assertThat(text("second.log")).doesNotContain("certificate-expired");
            assertThat(ask(jvm, "first undeploy")).isEqualTo("collected");
        }
    }

    private ForkedJvm boot() throws Exception {
        Bench bench = new Bench(directory);
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        command.add(bench.agent("quiet=true,log=app"));
        command.addAll(List.of(
                "-Dlogging.file.name=" + directory.resolve("application.log"),
                "-Dlogging.threshold.console=OFF",
                "-Dspring.main.banner-mode=off",
                "-Dspring.main.log-startup-info=true",
                "-jar",
                BootJar.make(directory.resolve("boot.jar")).toString(),
                Bench.pki().toString(),
                "slf4j"));
        return ready(command);
    }

    private ForkedJvm webApplications() {
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        command.add(new Bench(directory).agent("quiet=true,log=app"));
        String tomcat = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("tomcat"))
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of(
                "-cp",
                Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + tomcat,
                "dev.tlscope.it.server.WebApplications",
                directory.toString(),
                Bench.PROGRAMS.toString(),
                Bench.pki().toString(),
                LoggedApplication.resource("logback.xml").toString()));
        Stream.of("slf4j-api", "logback-classic", "logback-core")
                .map(name -> LoggedApplication.library(name).toString())
                .forEach(command::add);
        return ready(command);
    }

    private ForkedJvm ready(List<String> command) {
        ForkedJvm jvm = ForkedJvm.start(jdk, directory, command);
        jvm.lineThatBegins("ready");
        return jvm;
    }

    private static String ask(ForkedJvm jvm, String command) {
        jvm.say(command);
        return jvm.nextLine();
    }

    private String text(String file) {
        return LoggedApplication.text(directory.resolve(file));
    }

    private void awaitLine(String file, String text) {
        Awaitility.await(text).atMost(ForkedJvm.PATIENCE).until(() -> text(file).contains(text));
    }
}
