package dev.tlscope.cli;

import dev.tlscope.agent.status.StatusKey;
import java.io.PrintWriter;

/** Formats the agent's answers for the user. */
final class StatusText {
    /** A row: title and value. */
    private static final String ROW = "%-22s %s%n";

    private StatusText() {}

    static void status(PrintWriter out, AgentReply answer) {
        for (StatusKey key : StatusKey.values()) {
            if (key.isSingle()) {
                out.printf(ROW, key.title(), answer.one(key));
            }
        }
        files(out, answer);
        int woven = 0;
        int waiting = 0;
        for (String hook : answer.all(StatusKey.HOOK)) {
            woven += hook.endsWith(" woven") ? 1 : 0;
            waiting += hook.contains(" waiting") ? 1 : 0;
        }
        out.printf(
                "%-22s %d woven, %d waiting for their class, of %d%n",
                StatusKey.HOOK.title(),
                woven,
                waiting,
                answer.all(StatusKey.HOOK).size());
        for (String hook : answer.all(StatusKey.HOOK)) {
            if (!hook.endsWith(" woven")) {
                out.printf("  %s%n", hook);
            }
        }
        warnings(out, answer);
    }

    static void files(PrintWriter out, AgentReply answer) {
        for (String file : answer.all(StatusKey.FILE)) {
            out.printf(ROW, StatusKey.FILE.title(), file);
        }
    }

    /** Prints the hooks that do not fit this JDK, and the warnings. */
    static void problems(PrintWriter out, AgentReply answer) {
        for (String hook : answer.all(StatusKey.HOOK)) {
            if (hook.contains(" refused ") || hook.contains(" disarmed ")) {
                out.println(StatusKey.HOOK.key() + " " + hook);
            }
        }
        warnings(out, answer);
    }

    static void warnings(PrintWriter out, AgentReply answer) {
        for (String warning : answer.all(StatusKey.WARNING)) {
            out.println(StatusKey.WARNING.title() + ": " + warning);
        }
    }
}
