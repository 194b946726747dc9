package dev.tlscope.it.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** FailingCalls with one of the logs that a Java application may have. */
final class LoggedApplication implements AutoCloseable {
    /** A log that an application may have. */
    enum Log {
        LOGBACK("slf4j", "slf4j-api", "logback-classic", "logback-core"),
        LOG4J_ASYNC("slf4j", "slf4j-api", "log4j-slf4j2-impl", "log4j-api", "log4j-core", "disruptor"),
        JUL("jul"),
        SYSTEM_LOGGER("system"),
        JBOSS_LOG_MANAGER("jul", "jboss-logmanager", "wildfly-common"),
        TLS_HANDLER("tls");

        private final String kind;
        private final String libraries;

        Log(String kind, String... libraries) {
            this.kind = kind;
            this.libraries = String.join(" ", libraries);
        }

        Stream<String> libraries() {
            return Stream.of(libraries.split(" ")).filter(name -> !name.isEmpty());
        }

        boolean runsOn(Jdk jdk) {
            return this != SYSTEM_LOGGER || jdk.version() >= 9;
        }
    }

    private final ForkedJvm jvm;
    private final Path file;
    private final Log log;

    private LoggedApplication(ForkedJvm jvm, Path file, Log log) {
        this.jvm = jvm;
        this.file = file;
        this.log = log;
    }

    /** Starts it and waits until it is ready. */
    static LoggedApplication start(Bench bench, Jdk jdk, Log log, String... jvmOptions) {
        Path file = bench.directory().resolve("application.log");
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        command.add("-Dlog.file=" + file);
        switch (log) {
            case LOGBACK -> command.add("-Dlogback.configurationFile=" + resource("logback.xml"));
            case LOG4J_ASYNC ->
                command.addAll(List.of(
                        "-Dlog4j2.configurationFile=" + resource("log4j2.xml"),
                        "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector"));
            case JBOSS_LOG_MANAGER ->
                command.addAll(List.of(
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dlogging.configuration="
                                + resource("jboss.properties").toUri()));
            default -> {
                // the JDK's own, to standard error
            }
        }
        command.addAll(Arrays.asList(jvmOptions));
        command.add("-cp");
        command.add(Bench.PROGRAMS
                + log.libraries()
                        .map(name -> File.pathSeparator + library(name))
                        .collect(Collectors.joining()));
        command.addAll(List.of("dev.tlscope.it.listen.FailingCalls", Bench.pki().toString(), log.kind));
        ForkedJvm jvm = ForkedJvm.start(jdk, bench.directory(), command);
        jvm.lineThatBegins("ready");
        return new LoggedApplication(jvm, file, log);
    }

    static Path library(String name) {
        return Path.of(System.getProperty("loggers.directory"), name + ".jar").toAbsolutePath();
    }

    static Path resource(String name) {
        return Path.of("src/test/resources/listen", name).toAbsolutePath();
    }

    ForkedJvm jvm() {
        return jvm;
    }

    /** Has it carry out a command; returns its answer. */
    String ask(String command) {
        jvm.say(command);
        return jvm.nextLine();
    }

    /** What its log has so far. */
    String log() {
        return log == Log.JUL || log == Log.SYSTEM_LOGGER || log == Log.TLS_HANDLER ? jvm.err() : text(file);
    }

    /** Waits until its log has that; if it never does, the failure shows what the log has. */
    void awaitLog(String text) {
        Awaitility.await()
                .atMost(ForkedJvm.PATIENCE)
                .untilAsserted(() -> assertThat(log()).contains(text));
    }

    @Override
    public void close() {
        jvm.close();
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
