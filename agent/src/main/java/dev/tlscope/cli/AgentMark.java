package dev.tlscope.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the agent in a JVM publishes of itself in a jvmstat counter: {@code VERSION since TIME by PREFIX to DIRECTORY}. */
final class AgentMark {
    private static final Pattern TEXT = Pattern.compile("(.*? since \\S+)(?: by (\\S+))?(?: to (/.*))?");

    /** {@code VERSION since TIME}, or that it waits for TLS. */
    private final String since;
    /** Begins the names of its files; null for one older than 0.2.0. */
    final @Nullable String prefix;
    /** The directory of its captures, as the JVM names it; null when it does not fit into the counter. */
    final @Nullable String out;

    private AgentMark(String since, @Nullable String prefix, @Nullable String out) {
        this.since = since;
        this.prefix = prefix;
        this.out = out;
    }

    static AgentMark of(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? new AgentMark(parts.group(1), parts.group(2), clean(parts.group(3)))
                : new AgentMark(text, null, null);
    }

    /** One that its JVM's options name, and that has not begun because nothing has used TLS. */
    static AgentMark waiting() {
        return new AgentMark("-javaagent, waiting for the first use of TLS", null, null);
    }

    /** Whether it says that it cannot write at present, as on a full disk. */
    boolean isInterrupted() {
        return since.contains(", writing nothing");
    }

    boolean isWaiting() {
        return since.startsWith("-");
    }

    @Override
    public String toString() {
        return since + (out == null ? "" : " to " + out);
    }

    /** Versions before 0.2.0 put a question mark in place of what is not ASCII. */
    private static @Nullable String clean(@Nullable String out) {
        return out == null || out.indexOf('?') >= 0 ? null : out;
    }
}
