package dev.tlscope.analyzer.refusal;

import org.jspecify.annotations.Nullable;

/**
 * A place in the JDK's code that can refuse.
 *
 * @param className binary name
 * @param method its name; {@code lambda} for any lambda of the class
 * @param text what it says, {@code {}} where a part is made when it runs; empty where it takes another exception's text;
 *     {@code *} for any exception out of what the method calls, of which JSSE says nothing
 * @param raises names of alerts, or simple names of exceptions, {@code |} between them; {@code *} where it is not constant
 * @param cause id of the cause if this JVM is the client; null if the place ends no handshake
 * @param serverCause id of the cause if this JVM is the server
 * @param open whether other causes can lead there as well
 * @param reason why it ends no handshake; null if it does
 * @param meaning what is checked there, and what leads there; empty if it ends no handshake
 */
public record RefusalRow(
        String className,
        String method,
        String text,
        String raises,
        @Nullable String cause,
        @Nullable String serverCause,
        boolean open,
        @Nullable NoRefusal reason,
        String meaning,
        TextTemplate template) {
    private static final int MEANING = 5;

    /** Follows a cause that is one of several. */
    private static final String OPEN = "?";

    /** A line of the table: method, text, what it raises, verdict, meaning. */
    static RefusalRow parse(String className, String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length < MEANING - 1) {
            throw new IllegalArgumentException("too few columns below " + className + ": " + line);
        }
        boolean open = columns[3].endsWith(OPEN);
        String verdict = columns[3].substring(0, columns[3].length() - (open ? OPEN.length() : 0));
        boolean ends = !verdict.startsWith("(");
        int slash = verdict.indexOf('/');
        return new RefusalRow(
                className,
                columns[0],
                columns[1],
                columns[2],
                ends ? verdict.substring(0, slash < 0 ? verdict.length() : slash) : null,
                ends ? verdict.substring(slash + 1) : null,
                open,
                ends ? null : NoRefusal.ofId(verdict.substring(1, verdict.length() - 1)),
                columns.length < MEANING ? "" : columns[MEANING - 1],
                TextTemplate.of(columns[1]));
    }

    /** True when it stands for exceptions from below the method, and not for a place that creates one. */
    boolean isBelow() {
        return text.equals("*");
    }

    /** Class, method and text, which identify the place. */
    public String key() {
        return className + '\t' + method + '\t' + text;
    }

    /** The cause as written in the table, or the reason in parentheses. */
    public String verdict() {
        if (cause == null || serverCause == null) {
            return reason == null ? "" : "(" + reason.id() + ")";
        }
        return (cause.equals(serverCause) ? cause : cause + "/" + serverCause) + (open ? OPEN : "");
    }
}
