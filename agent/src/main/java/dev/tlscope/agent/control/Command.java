package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parsed argument string of the agent. {@code command}, {@code reply} and {@code jar} come from the attach client;
 * the rest are options, which are passed on unchanged.
 */
final class Command {
    /** The agent's own command, when the time is over that option {@code for} sets. */
    static final String EXPIRE = "expire";

    /** Begins the argument of that command: which attachment it ends. */
    static final String SINCE = "since=";

    private final String verb;
    private final @Nullable String replyFile;
    private final String options;

    private Command(String verb, @Nullable String replyFile, String options) {
        this.verb = verb;
        this.replyFile = replyFile;
        this.options = options;
    }

    static Command parse(String arguments) {
        String verb = "attach";
        String reply = null;
        StringBuilder options = new StringBuilder();
        for (String pair : Options.split(arguments)) {
            if (pair.startsWith("command=")) {
                verb = pair.substring("command=".length());
            } else if (pair.startsWith("reply=")) {
                reply = Options.unescape(pair.substring("reply=".length()));
            } else if (!pair.startsWith("jar=") && !pair.isEmpty()) {
                options.append(options.length() == 0 ? "" : ",").append(pair);
            }
        }
        return new Command(verb, reply, options.toString());
    }

    String verb() {
        return verb;
    }

    String options() {
        return options;
    }

    /** Whether an attach client of tlscope waits for an answer. */
    boolean hasClient() {
        return replyFile != null || verb.equals(EXPIRE);
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
