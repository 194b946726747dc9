package dev.tlscope.it.server;

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
import java.util.List;
import javax.tools.ToolProvider;

/** A program of dev.tlscope.it.server, which uses third-party libraries, in a JVM with the agent. */
final class LibraryProgram {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final String PACKAGE = "dev.tlscope.it.server.";

    private LibraryProgram() {}

    /** Runs it until it has printed {@code done}, and returns its lines. It is compiled again for a JDK before 17. */
    static List<String> run(Bench bench, Jdk jdk, String options, String name, List<String> arguments) {
        Path classes = jdk.version() < 17 ? compiledFor(jdk, bench.directory(), name) : Path.of("target/test-classes");
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        // the spawn helper of a JDK that was unpacked by hand may need another C library than this machine's
        command.add("-Djdk.lang.Process.launchMechanism=FORK");
        command.add(bench.agent(options));
        command.addAll(List.of("-cp", classes.toAbsolutePath() + File.pathSeparator + libraries()));
        command.add(PACKAGE + name);
        command.addAll(arguments);
        try (ForkedJvm jvm = ForkedJvm.start(jdk, bench.directory(), command)) {
            assertThat(jvm.exitCode()).as(jvm.out() + jvm.err()).isZero();
            assertThat(jvm.out()).as(jvm.err()).endsWith("done\n");
            return jvm.out().lines().toList();
        }
    }

    private static Path compiledFor(Jdk jdk, Path directory, String name) {
        try {
            Path classes = Files.createDirectories(directory.resolve("classes"));
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "--release",
                            String.valueOf(jdk.version()),
                            "-Xlint:-options",
                            "-proc:none",
                            "-Xprefer:source",
                            "-cp",
                            libraries(),
                            "-sourcepath",
                            SOURCES.toString(),
                            "-d",
                            classes.toString(),
                            SOURCES.resolve((PACKAGE + name).replace('.', '/') + ".java")
                                    .toString());
            assertThat(result).isZero();
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String libraries() {
        return System.getProperty("java.class.path");
    }
}
