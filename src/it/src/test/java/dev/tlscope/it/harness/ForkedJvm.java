package dev.tlscope.it.harness;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A forked JVM, with its output in files. close ends it and its children. */
public final class ForkedJvm implements AutoCloseable {
    /** The longest that a test waits for anything; on a busy machine everything takes long. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Options for a JVM that runs for a second and computes little: without C2 and the threads of a larger collector it
     * uses a third less CPU. With key pair generation or many handshakes it would use twice as much.
     */
    public static final List<String> BRIEF = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final Path out;
    private final Path err;
    private final BufferedWriter in;
    private int read;

    private ForkedJvm(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts {@code java ARGUMENTS} of a JDK. */
    public static ForkedJvm start(Jdk jdk, Path directory, List<String> arguments) {
        return start(List.of(), jdk, directory, arguments);
    }

    /** Starts a JVM as another user; the test has to run as root. */
    public static ForkedJvm startAs(String user, Jdk jdk, Path directory, List<String> arguments) {
        List<String> as = List.of("setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups", "--");
        return start(as, jdk, directory, arguments);
    }

    /** Starts a JVM with a limit on the size of files that it writes, which has the effect of a full disk. */
    public static ForkedJvm startWithFullDisk(int bytes, Jdk jdk, Path directory, List<String> arguments) {
        return start(List.of("prlimit", "--fsize=" + bytes + ":" + bytes, "--"), jdk, directory, arguments);
    }

    /** Starts a JVM by another command, such as {@code unshare ... --}. */
    public static ForkedJvm startBy(List<String> command, Jdk jdk, Path directory, List<String> arguments) {
        return start(command, jdk, directory, arguments);
    }

    private static ForkedJvm start(List<String> prefix, Jdk jdk, Path directory, List<String> arguments) {
        try {
            List<String> command = new ArrayList<>(prefix);
            command.add(jdk.java().toString());
            command.addAll(arguments);
            Path out = Files.createTempFile(directory, "jvm-", ".out");
            Path err = Files.createTempFile(directory, "jvm-", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            // Another tool's agent, or a tlscope option of the developer's shell, must not affect the test.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("TLSCOPE_") || name.equals("JAVA_TOOL_OPTIONS"));
            return new ForkedJvm(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** The PID here of the JVM that another command has started. */
    public long startedPid() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Writes a line to the JVM's standard input. */
    public void say(String line) {
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its standard input. */
    public void endInput() throws IOException {
        in.close();
    }

    /** Waits for the next line on its standard output. */
    public String nextLine() {
        Awaitility.await("a line of " + out + "; standard error: " + err())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines().size() > read || !process.isAlive());
        List<String> lines = lines();
        if (lines.size() <= read) {
            throw new AssertionError(
                    "the JVM ended (" + process.exitValue() + ") and printed no further line: " + err());
        }
        return lines.get(read++);
    }

    /** Reads lines until one has this beginning, and returns that one. */
    public String lineThatBegins(String prefix) {
        while (true) {
            String line = nextLine();
            if (line.startsWith(prefix)) {
                return line;
            }
        }
    }

    /** Ends it like Ctrl-C and kill, so that its shutdown hooks run. */
    public void terminate() {
        process.destroy();
    }

    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the JVM did not end: " + out() + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String out() {
        return text(out);
    }

    public String err() {
        return text(err);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> lines() {
        String text = out();
        // only whole lines
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
