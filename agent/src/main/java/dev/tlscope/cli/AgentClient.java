package dev.tlscope.cli;

import dev.tlscope.agent.config.Options;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to the agent in a target: the command is the argument of a dynamic attach, and the answer comes back in a file
 * that only this user can read. No socket is used.
 */
final class AgentClient {
    private static final Logger LOG = LoggerFactory.getLogger(AgentClient.class);
    private static final int PATIENCE_SECONDS = 20;
    private static final int FIRST_WITH_NOTICE = 21;

    private AgentClient() {}

    /**
     * Executes a command in the target.
     *
     * @param command attach, status or detach
     * @param options {@code key=value,...}, escaped, may be empty
     * @param err receives a notice before the target's JVM prints its own
     * @return the answer
     */
    static AgentReply ask(Jvm target, String command, String options, PrintWriter err) {
        if (target.feature() >= FIRST_WITH_NOTICE) {
            err.println("the JVM " + target.pid + " (JDK " + target.javaVersion + ") itself prints a notice about a"
                    + " dynamically loaded agent on its standard error, unless started with"
                    + " -XX:+EnableDynamicAgentLoading");
        }
        String jar = System.getProperty("tlscope.jar.self");
        Path directory = null;
        try {
            directory = privateDirectory();
            Path reply = Files.createFile(directory.resolve("reply"));
            giveTo(target, directory, reply);
            LOG.debug("{} {}: the JVM {} ({}) loads {}", command, options, target.pid, target.javaVersion, jar);
            attach(
                    target,
                    jar,
                    "command=" + command + ",reply=" + Options.escape(reply.toString()) + ",jar=" + Options.escape(jar)
                            + (options.isEmpty() ? "" : "," + options));
            List<String> lines = Files.readAllLines(reply, StandardCharsets.UTF_8);
            LOG.debug("its answer: {}", lines);
            return answer(target, lines);
        } catch (IOException e) {
            LOG.debug("no answer", e);
            throw new CommandFailed("the answer of " + target.pid + " cannot be read: " + e
                    + "; is the directory for temporary files (java.io.tmpdir) writable?");
        } finally {
            delete(directory);
        }
    }

    private static AgentReply answer(Jvm target, List<String> lines) {
        if (lines.isEmpty()) {
            throw new CommandFailed(
                    "the JVM " + target.pid + " loaded the agent but sent no answer; its standard error may show why");
        }
        if (lines.get(0).startsWith("error ")) {
            throw new CommandFailed(lines.get(0).substring("error ".length()));
        }
        return new AgentReply(lines.subList(1, lines.size()));
    }

    private static void attach(Jvm target, String jar, String arguments) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                ByteBuddyAgent.attach(new File(jar), String.valueOf(target.pid), arguments);
                done.complete(null);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailed("the JVM " + target.pid + " does not answer within " + PATIENCE_SECONDS
                    + " s; is it stopped, or busy with garbage collection? Try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; try again");
        } catch (ExecutionException e) {
            if (isSuccess(e)) {
                return;
            }
            LOG.debug("the JVM refuses", e.getCause());
            throw new CommandFailed(refusal(target, e.getCause() == null ? e : e.getCause()));
        }
    }

    /**
     * JDK 8 answers 0 and later versions "return code: 0"; the attach API of the later versions takes 0 for a failure.
     */
    private static boolean isSuccess(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at.getClass().getSimpleName().equals("AgentLoadException") && "0".equals(at.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static String refusal(Jvm target, Throwable thrown) {
        StringBuilder chain = new StringBuilder();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            chain.append(chain.length() == 0 ? "" : ": ").append(at);
        }
        String text = chain.toString();
        if (text.contains("Dynamic agent loading is not enabled")) {
            return "the JVM " + target.pid + " refuses agents (-XX:-EnableDynamicAgentLoading); restart it without that"
                    + " flag, or with -javaagent:tlscope.jar";
        }
        if (text.contains("No compatible attachment provider")) {
            return "this Java cannot attach (no module jdk.attach or tools.jar); run tlscope with a JDK, not a JRE";
        }
        return "the JVM " + target.pid + " cannot be attached to: " + text.replace('\n', ' ')
                + "; it must be a HotSpot JVM of this user in this container";
    }

    private static Path privateDirectory() throws IOException {
        FileAttribute<?>[] privately = hasPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        return Files.createTempDirectory("tlscope-", privately);
    }

    /** When root attaches to the JVM of another user, that user must be able to write the answer. */
    private static void giveTo(Jvm target, Path directory, Path reply) throws IOException {
        File process = new File("/proc/" + target.pid);
        if (hasPosix() && process.isDirectory() && "root".equals(System.getProperty("user.name"))) {
            Files.setOwner(reply, Files.getOwner(process.toPath()));
            Files.setOwner(directory, Files.getOwner(process.toPath()));
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path directory) {
        if (directory != null) {
            try {
                Files.deleteIfExists(directory.resolve("reply"));
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                // only an empty file remains, in the user's own private directory
            }
        }
    }

    private static boolean hasPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
