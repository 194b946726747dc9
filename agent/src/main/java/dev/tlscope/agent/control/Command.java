package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Options;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parsed argument string of the agent. {@code command}, {@code reply}, {@code held}, {@code by} and {@code jar} come from the attach client;
 * the rest are options, which are passed on unchanged.
 */
final class Command {
    /** The agent's own command, when the time is over that option {@code for} sets. */
    static final String EXPIRE = "expire";

    /** Begins the argument of that command: which attachment it ends. */
    static final String SINCE = "since=";

    private final String verb;
    private final @Nullable String replyFile;
    private final boolean held;
    private final String by;
    private final String options;

    private Command(String verb, @Nullable String replyFile, boolean held, String by, String options) {
        this.verb = verb;
        this.replyFile = replyFile;
        this.held = held;
        this.by = by;
        this.options = options;
    }

    static Command parse(String arguments) {
        String verb = "attach";
        String reply = null;
        boolean held = false;
        String by = "attach";
        StringBuilder options = new StringBuilder();
        for (String pair : Options.split(arguments)) {
            if (pair.startsWith("command=")) {
                verb = pair.substring("command=".length());
            } else if (pair.startsWith("reply=")) {
                reply = Options.unescape(pair.substring("reply=".length()));
            } else if (pair.startsWith("by=")) {
                by = "attach by " + Options.unescape(pair.substring("by=".length()));
            } else if (pair.equals("held=true")) {
                held = true;
            } else if (!pair.startsWith("jar=") && !pair.isEmpty()) {
                options.append(options.length() == 0 ? "" : ",").append(pair);
            }
        }
        return new Command(verb, reply, held, by, options.toString());
    }

    String verb() {
        return verb;
    }

    String options() {
        return options;
    }

    /** How the agent comes into the JVM, and whose command it is if a client says so. */
    String by() {
        return by;
    }

    /** Whether an attach client of tlscope waits for an answer. */
    boolean hasClient() {
        return replyFile != null || verb.equals(EXPIRE);
    }

    /**
     * Whether the attach client has ended: it was interrupted, or lost its patience with a JVM that was stopped. While it waits it
     * holds the system's lock of its file, which the system releases however it ends.
     */
    boolean isAbandoned() {
        if (replyFile == null || !held) {
            return false;
        }
        try (RandomAccessFile file = new RandomAccessFile(existing(replyFile), "rw");
                FileLock lock = file.getChannel().tryLock()) {
            return lock != null;
        } catch (FileNotFoundException e) {
            return true;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static File existing(String name) throws FileNotFoundException {
        File file = new File(name);
        if (!file.exists()) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    /**
     * Writes the answer into the file that the attach client created; writes nothing if the client has ended meanwhile.
     */
    void reply(List<String> lines) {
        if (replyFile != null) {
            try {
                byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
                Files.write(Paths.get(replyFile), text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            } catch (IOException e) {
                // the attach client has ended and deleted its file
            }
        }
    }
}
