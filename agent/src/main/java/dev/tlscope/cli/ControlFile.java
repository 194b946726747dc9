package dev.tlscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the agent that is in a JVM by a file in its own directory, which only the JVM's user and root can write: the JVM loads no agent for
 * that, so it prints no notice. The agent looks for the file {@code .PREFIXask}, writes into {@code .PREFIXanswer}, and then
 * deletes the first ({@code dev.tlscope.agent.control.ControlFile}).
 */
final class ControlFile {
    private static final Logger LOG = LoggerFactory.getLogger(ControlFile.class);
    private static final long MOST_MILLIS = 10_000;
    private static final long STEP_MILLIS = 20;

    private ControlFile() {}

    /** The answer's lines; null when the agent cannot be asked so, or does not answer. */
    static @Nullable List<String> ask(Jvm target, String command) {
        AgentMark agent = target.agent;
        if (agent == null || agent.prefix == null || agent.out == null) {
            return null;
        }
        Path directory = target.seen(agent.out);
        try {
            return ask(target, directory.resolve("." + agent.prefix), command);
        } catch (IOException e) {
            LOG.debug("no question in {}: {}", directory, e.toString());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; try again");
        }
    }

    private static @Nullable List<String> ask(Jvm target, Path prefix, String command)
            throws IOException, InterruptedException {
        Path answer = beside(prefix, "answer");
        Path asked = beside(prefix, "ask");
        own(target, answer);
        try {
            Path made = beside(prefix, "new");
            Files.deleteIfExists(made);
            give(target, Files.createFile(made));
            Files.write(made, command.getBytes(StandardCharsets.US_ASCII));
            LOG.debug("{}: asks {}", asked, command);
            Files.move(made, asked, StandardCopyOption.ATOMIC_MOVE);
            for (long waited = 0; Files.exists(asked); waited += STEP_MILLIS) {
                if (waited > MOST_MILLIS || (TargetProcess.isKnown() && TargetProcess.of(target.pid) == null)) {
                    return null;
                }
                Thread.sleep(STEP_MILLIS);
            }
            List<String> lines = Files.readAllLines(answer, StandardCharsets.UTF_8);
            LOG.debug("its answer: {}", lines);
            return lines.isEmpty() ? null : lines;
        } finally {
            Files.deleteIfExists(asked);
            Files.deleteIfExists(answer);
        }
    }

    /** The file for the answer, which keeps other commands waiting until this one is done. */
    private static void own(Jvm target, Path answer) throws IOException, InterruptedException {
        for (long waited = 0; ; waited += STEP_MILLIS) {
            try {
                give(target, Files.createFile(answer));
                return;
            } catch (FileAlreadyExistsException e) {
                if (waited > MOST_MILLIS) {
                    Files.deleteIfExists(answer); // its command was killed
                }
                Thread.sleep(STEP_MILLIS);
            }
        }
    }

    private static void give(Jvm target, Path file) throws IOException {
        if (target.process != null) {
            target.process.give(file);
        }
    }

    private static Path beside(Path prefix, String suffix) {
        return prefix.resolveSibling(prefix.getFileName() + suffix);
    }
}
