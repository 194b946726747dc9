package dev.tlscope.cli;

import java.io.PrintWriter;

/** What the agent said, for people. */
final class StatusText {
    private static final String[][] FIGURES = {
        {"version", "agent"},
        {"jdk", "JDK"},
        {"since", "attached since"},
        {"out", "captures go to"},
        {"secrets", "secrets"},
        {"keep", "keep"},
        {"records", "records"},
        {"connections", "connections"},
        {"handshakes", "handshakes completed"},
        {"failed", "failed"},
        {"alerts.received", "alerts received"},
        {"alerts.sent", "alerts sent"},
        {"dropped", "events dropped"},
        {"bytes", "bytes written"},
        {"deleted", "old files deleted"},
        {"errors", "errors of our own"},
    };

    private StatusText() {}

    static void status(PrintWriter out, AgentClient.Answer answer) {
        for (String[] figure : FIGURES) {
            out.printf("%-22s %s%n", figure[1], answer.one(figure[0]));
        }
        files(out, answer);
        int woven = 0;
        int waiting = 0;
        for (String hook : answer.all("hook")) {
            woven += hook.endsWith(" woven") ? 1 : 0;
            waiting += hook.contains(" waiting") ? 1 : 0;
        }
        out.printf(
                "%-22s %d woven, %d waiting for their class, of %d%n",
                "hooks", woven, waiting, answer.all("hook").size());
        for (String hook : answer.all("hook")) {
            if (!hook.endsWith(" woven")) {
                out.printf("  %s%n", hook);
            }
        }
        warnings(out, answer);
    }

    static void files(PrintWriter out, AgentClient.Answer answer) {
        for (String file : answer.all("file")) {
            out.printf("%-22s %s%n", "file", file);
        }
    }

    /** Hooks that do not fit this JDK, and warnings. */
    static void problems(PrintWriter out, AgentClient.Answer answer) {
        for (String hook : answer.all("hook")) {
            if (hook.contains(" refused ") || hook.contains(" disarmed ")) {
                out.println("hook " + hook);
            }
        }
        warnings(out, answer);
    }

    static void warnings(PrintWriter out, AgentClient.Answer answer) {
        for (String warning : answer.all("warning")) {
            out.println("warning: " + warning);
        }
    }
}
