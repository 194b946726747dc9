package dev.tlscope.cli;

import dev.tlscope.agent.config.Options;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a JVM load the agent with a command, and reads the answer from a file. */
final class AgentLoading {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLoading.class);
    private static final int PATIENCE_SECONDS = 20;

    /** HotSpot's protocol has room for 1,024 bytes in all. */
    private static final int MOST_NAME = 60;

    private final int pid;
    private final @Nullable TargetProcess process;
    private final boolean bySocket;

    /** By the JDK's own client where this Java has it, else by the protocol that it uses. */
    AgentLoading(int pid, @Nullable TargetProcess process) {
        this(pid, process, AttachSocket.isPossible() && !JdkAttach.isPossible());
    }

    /** @param bySocket whether the JDK's client must not be used */
    AgentLoading(int pid, @Nullable TargetProcess process, boolean bySocket) {
        this.pid = pid;
        this.process = process;
        this.bySocket = bySocket;
    }

    /**
     * Executes a command in the JVM.
     *
     * @param options {@code key=value,...}, escaped, may be empty
     * @return the answer's lines, at least one
     * @throws NoAnswer when it is not known whether the command was executed
     */
    List<String> ask(String command, String options) throws NoAnswer {
        try (SharedFiles files = SharedFiles.make(process, System.getProperty("tlscope.jar.self"))) {
            String arguments = "command=" + command + ",reply=" + Options.escape(files.reply()) + ",jar="
                    + Options.escape(files.jar()) + (files.isHeld() ? ",held=true" : "") + ",by="
                    + Options.escape(user())
                    + (options.isEmpty() ? "" : "," + options);
            LOG.debug("the JVM {} loads {} with {}", pid, files.jar(), arguments);
            List<String> lines = load(files, arguments);
            LOG.debug("its answer: {}", lines);
            if (lines.isEmpty()) {
                throw new NoAnswer("it loaded the agent and wrote no answer; its standard error may show why");
            }
            return lines;
        } catch (NoAnswer e) {
            throw e;
        } catch (AttachRefused e) {
            throw new CommandFailed("the JVM " + pid + " " + e.getMessage());
        } catch (IOException e) {
            LOG.debug("not attached", e);
            throw new CommandFailed("the JVM " + pid + " cannot be attached to: " + e.getMessage());
        }
    }

    /**
     * Loads the agent and returns its answer. An answer counts more than a failure of the attach API: that of JDK 8 cannot read what later JVMs say of
     * an agent that they have loaded.
     */
    private List<String> load(SharedFiles files, String arguments) throws IOException {
        try {
            load(files.jar(), arguments);
        } catch (IOException e) {
            List<String> lines = files.answer();
            if (lines.isEmpty()) {
                throw e;
            }
            LOG.debug("the agent answered all the same", e);
            return lines;
        }
        return files.answer();
    }

    /** Who runs this command, for the capture and the status: what the system says of it, and from whom sudo has it. */
    private static String user() {
        String sudo = System.getenv("SUDO_USER");
        String name = System.getProperty("user.name", "?") + (sudo == null ? "" : " (sudo of " + sudo + ")");
        return name.length() <= MOST_NAME ? name : name.substring(0, MOST_NAME);
    }

    /** Waits for a limited time, because a JVM that is stopped never answers. */
    private void load(String jar, String arguments) throws IOException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                if (process != null && bySocket) {
                    new AttachSocket(process).load(jar + "=" + arguments);
                } else {
                    JdkAttach.load(pid, jar, arguments);
                }
                done.complete(true);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswer("it does not answer within " + PATIENCE_SECONDS
                    + " s; is it stopped, or busy with garbage collection?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException) {
                throw (IOException) cause;
            }
            if (cause instanceof CommandFailed) {
                throw (CommandFailed) cause;
            }
            throw new IOException(String.valueOf(cause), cause);
        }
    }
}
