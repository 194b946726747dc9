package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.sink.BareThread;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Answers status and detach without another load of the agent, of which JDK 21 and later print a notice in the service's log: an attach
 * client writes {@code .PREFIXask} into the capture's directory, which nobody but this JVM's user and root can write. The writer's thread looks for that
 * file; a thread of its own executes the command the way of an attach client, because a detach waits for the writer, writes the
 * answer into {@code .PREFIXanswer} and deletes the first.
 */
final class AskedByFile {
    private static final String ENTRY = "dev.tlscope.agent.AgentMain";
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MOST_BYTES = 16;

    /** Not a Path: a look must not make garbage that lasts, and {@link File#exists} makes none. */
    private final File asked;

    private final Path answer;
    private final Instrumentation instrumentation;
    private long looked = System.nanoTime();
    private volatile boolean busy;

    AskedByFile(Path directory, String prefix, Instrumentation instrumentation) {
        this.asked = directory.resolve("." + prefix + "ask").toFile();
        this.answer = directory.resolve("." + prefix + "answer");
        this.instrumentation = instrumentation;
    }

    /** Looks for a question, now and then. */
    void look() {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS) {
            looked = now;
            if (!busy && asked.exists()) {
                busy = true;
                BareThread.of(this::execute, "tlscope-control").start();
            }
        }
    }

    private void execute() {
        try {
            String command = command();
            if (command.equals("status") || command.equals("detach")) {
                ClassLoader.getSystemClassLoader()
                        .loadClass(ENTRY)
                        .getMethod("agentmain", String.class, Instrumentation.class)
                        .invoke(
                                null,
                                "command=" + command + ",reply=" + Options.escape(answer.toString()),
                                instrumentation);
            }
        } catch (ReflectiveOperationException | IOException e) {
            // the client sees that there is no answer, and loads the agent
        } finally {
            asked.delete();
            busy = false;
        }
    }

    private String command() throws IOException {
        Path file = asked.toPath();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
            return "";
        }
        return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).trim();
    }
}
