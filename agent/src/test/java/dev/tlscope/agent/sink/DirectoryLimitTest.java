package dev.tlscope.agent.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory may hold, whoever wrote it; other processes' locks are those of a JVM that the test starts. */
class DirectoryLimitTest {
    private static final long ANY = Long.MAX_VALUE;

    @TempDir
    private Path directory;

    private final List<Path> ended = new ArrayList<>();

    @Test
    void theOldestGoesFirstWhoeverWroteIt() throws IOException {
        capture("tlscope-b-1", 1, 10);
        capture("tlscope-a-2", 3, 10);
        capture("tlscope-c-3", 2, 10);
        Files.writeString(directory.resolve("notes.txt"), "not a capture");
        Files.writeString(directory.resolve("other.pcapng"), "of another tool");
        assertThat(limit(2, ANY, Set.of(), null)).isEqualTo(1);
        assertThat(captures()).containsExactly("tlscope-a-2", "tlscope-c-3");
        assertThat(directory.resolve("notes.txt")).exists();
        assertThat(directory.resolve("other.pcapng")).exists();
    }

    @Test
    void bytesCountAsFilesDo() throws IOException {
        capture("tlscope-a-1", 1, 400);
        capture("tlscope-a-2", 2, 400);
        capture("tlscope-a-3", 3, 400);
        assertThat(limit(ANY, 1200, Set.of(), null)).isZero();
        assertThat(limit(ANY, 1199, Set.of(), null)).isEqualTo(1);
        assertThat(limit(ANY, 1, Set.of(), null)).isEqualTo(2);
        assertThat(captures()).isEmpty();
    }

    @Test
    void theCurrentFileStaysAndAnotherOwnOneIsEndedFirst() throws IOException {
        Path current = capture("tlscope-a-1", 1, 10);
        Path waiting = capture("tlscope-a-2", 2, 10);
        capture("tlscope-b-3", 3, 10);
        assertThat(limit(1, ANY, Set.of(current, waiting), current)).isEqualTo(2);
        assertThat(ended).containsExactly(waiting);
        assertThat(captures()).containsExactly("tlscope-a-1");
        assertThat(limit(0, ANY, Set.of(current), current)).isZero();
        assertThat(current).exists();
    }

    @Test
    void withoutLimitsNothingIsTouched() throws IOException {
        capture("tlscope-a-1", 1, 10);
        assertThat(limit(ANY, ANY, Set.of(), null)).isZero();
        assertThat(directory.resolve(".tlscope-lock")).doesNotExist();
    }

    /** The lock of a process ends with it, however it ends. */
    @Test
    void whatAnotherProcessWritesGoesLastUntilItIsKilled() throws Exception {
        Path written = capture("tlscope-a-1", 1, 10);
        capture("tlscope-b-2", 2, 10);
        Process writer = writer(written);
        try {
            assertThat(limit(1, ANY, Set.of(), null)).isEqualTo(1);
            assertThat(captures()).containsExactly("tlscope-a-1");
            capture("tlscope-b-3", 3, 10);
            writer.destroyForcibly().waitFor();
            assertThat(limit(1, ANY, Set.of(), null)).isEqualTo(1);
            assertThat(captures()).containsExactly("tlscope-b-3");
        } finally {
            writer.destroyForcibly();
        }
    }

    @Test
    void theLimitHoldsEvenIfAllAreWritten() throws Exception {
        Path written = capture("tlscope-a-1", 1, 10);
        Path own = capture("tlscope-b-2", 2, 10);
        Process writer = writer(written);
        try {
            assertThat(limit(1, ANY, Set.of(own), own)).isEqualTo(1);
            assertThat(captures()).containsExactly("tlscope-b-2");
        } finally {
            writer.destroyForcibly();
        }
    }

    /** A process that holds the turn and does not go on must not stop the others; killed, it no longer holds it. */
    @Test
    void aTurnThatIsNotGivenUpIsWaitedForOnlyShortly() throws Exception {
        capture("tlscope-a-1", 1, 10);
        Process holder = writer(Files.createFile(directory.resolve(".tlscope-lock")));
        try {
            assertThat(limit(0, ANY, Set.of(), null)).isZero();
            holder.destroyForcibly().waitFor();
            assertThat(limit(0, ANY, Set.of(), null)).isEqualTo(1);
        } finally {
            holder.destroyForcibly();
        }
    }

    /** A JVM that holds the lock of a file until it is killed. */
    private static Process writer(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("held");
        return process;
    }

    private int limit(long files, long bytes, Set<Path> own, Path current) throws IOException {
        return new DirectoryLimit(directory, files, bytes).enforce(own, current, ended::add);
    }

    private Path capture(String name, long second, int bytes) throws IOException {
        Path file = Files.write(directory.resolve(name + ".pcapng"), new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1000 * second));
    }

    private List<String> captures() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("tlscope-"))
                    .map(name -> name.replace(".pcapng", ""))
                    .sorted()
                    .toList();
        }
    }

    /** Runs in a process of its own. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (java.io.FileOutputStream out = new java.io.FileOutputStream(arguments[0], true)) {
                DirectoryLimit.mark(out);
                System.out.println("held");
                Thread.currentThread().join();
            }
        }
    }
}
