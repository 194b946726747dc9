package dev.tlscope.cli;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.status.StatusKey;
import dev.tlscope.agent.status.TlsClassLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Formats the agent's answers for the user. */
final class StatusText {
    /** A row: title and value. */
    private static final String ROW = "%-22s %s%n";

    private static final String WOVEN = " woven";
    private static final String WAITING = " waiting";

    private StatusText() {}

    /**
     * What matters in ten lines, what is logged if anything is, the hooks that failed, and the warnings.
     *
     * @param hooks whether every hook has a line
     */
    static void status(PrintWriter out, Jvm jvm, AgentReply answer, boolean hooks) {
        out.printf(
                ROW,
                StatusKey.VERSION.title(),
                answer.one(StatusKey.VERSION) + " since " + answer.one(StatusKey.SINCE) + ", JDK "
                        + answer.one(StatusKey.JDK) + by(answer));
        out.printf(ROW, StatusKey.OUT.title(), jvm.seen(answer.one(StatusKey.OUT)));
        out.printf(
                ROW,
                "captures",
                "keep=" + answer.one(StatusKey.KEEP) + ", records=" + answer.one(StatusKey.RECORDS) + ", secrets="
                        + answer.one(StatusKey.SECRETS) + until(answer.one(StatusKey.FOR)) + seal(answer));
        out.printf(
                ROW,
                StatusKey.CONNECTIONS.title(),
                answer.one(StatusKey.CONNECTIONS) + ", of which " + answer.one(StatusKey.FAILED) + " failed"
                        + repeated(answer) + ended(answer));
        row(out, answer, StatusKey.HANDSHAKES);
        out.printf(
                ROW,
                "written",
                answer.one(StatusKey.BYTES) + " bytes, files: "
                        + answer.all(StatusKey.FILE).size() + ", old files deleted: " + answer.one(StatusKey.DELETED));
        row(out, answer, StatusKey.DROPPED);
        row(out, answer, StatusKey.ERRORS);
        if (!answer.all(StatusKey.LOG_TARGET).isEmpty()
                && !answer.one(StatusKey.LOG_TARGET).equals("off")) {
            row(out, answer, StatusKey.LOG_TARGET);
            row(out, answer, StatusKey.LOG_LINES);
            row(out, answer, StatusKey.LOG_LEFT);
        }
        tls(out, answer);
        out.printf(ROW, StatusKey.HOOK.title(), hooks(answer));
        for (String hook : answer.all(StatusKey.HOOK)) {
            if (hooks || isDisarmed(hook)) {
                out.printf("  %s%n", hook);
            }
        }
        warnings(out, answer);
    }

    /** For programs: numbers are numbers. */
    static String json(AgentReply answer) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (StatusKey key : StatusKey.values()) {
            if (key.isSingle()) {
                String value = answer.one(key);
                values.put(key.key(), value.matches("[0-9]{1,18}") ? (Object) Long.valueOf(value) : value);
            }
        }
        values.put("files", answer.all(StatusKey.FILE));
        values.put("warnings", answer.all(StatusKey.WARNING));
        List<Object> tls = new ArrayList<>();
        for (String line : answer.all(StatusKey.TLS)) {
            tls.add(json(TlsClassLine.parse(line)));
        }
        values.put(StatusKey.TLS.key(), tls);
        List<Object> hooks = new ArrayList<>();
        for (String hook : answer.all(StatusKey.HOOK)) {
            Map<String, Object> one = new LinkedHashMap<>();
            int space = hook.indexOf(' ');
            one.put("id", space < 0 ? hook : hook.substring(0, space));
            one.put("state", space < 0 ? "" : hook.substring(space + 1));
            hooks.add(one);
        }
        values.put("hooks", hooks);
        return JsonText.of(values);
    }

    /** Prints with what the JVM does TLS, and how much of it is captured; nothing while it does none. */
    static void tls(PrintWriter out, AgentReply answer) {
        List<TlsClassLine> lines = new ArrayList<>();
        answer.all(StatusKey.TLS).forEach(line -> lines.add(TlsClassLine.parse(line)));
        String title = StatusKey.TLS.title();
        for (String text : TlsClassLine.summary(lines)) {
            out.printf(ROW, title, text);
            title = "";
        }
    }

    private static Map<String, Object> json(TlsClassLine line) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("captured", line.visibility());
        one.put("kind", line.kind());
        one.put("class", line.className());
        one.put("since", line.since());
        one.put("source", line.source());
        one.put("reason", line.reason());
        return one;
    }

    static void files(PrintWriter out, AgentReply answer) {
        for (String file : answer.all(StatusKey.FILE)) {
            out.printf(ROW, StatusKey.FILE.title(), file);
        }
    }

    /** Prints the hooks that do not capture, and the warnings. */
    static void problems(PrintWriter out, AgentReply answer) {
        for (String hook : answer.all(StatusKey.HOOK)) {
            if (isUnfit(hook) || isDisarmed(hook)) {
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

    private static void row(PrintWriter out, AgentReply answer, StatusKey key) {
        out.printf(ROW, key.title(), answer.one(key));
    }

    /** Whose command it was; nothing of an agent that does not say so. */
    private static String by(AgentReply answer) {
        return answer.all(StatusKey.BY).isEmpty() ? "" : ", " + answer.one(StatusKey.BY);
    }

    private static String seal(AgentReply answer) {
        String seal = answer.all(StatusKey.SEAL).isEmpty() ? Option.SEAL.fallback() : answer.one(StatusKey.SEAL);
        return seal.equals(Option.SEAL.fallback()) ? "" : ", " + StatusKey.SEAL.title() + " " + seal;
    }

    private static String repeated(AgentReply answer) {
        String repeated = answer.all(StatusKey.REPEATED).isEmpty() ? "0" : answer.one(StatusKey.REPEATED);
        return repeated.equals("0")
                ? ""
                : ", " + repeated + " of them only counted: of a kind that was written a thousand times";
    }

    private static String ended(AgentReply answer) {
        String ended = answer.all(StatusKey.ENDED).isEmpty() ? "0" : answer.one(StatusKey.ENDED);
        return ended.equals("0") ? "" : " and " + ended + " completed and " + StatusKey.ENDED.title();
    }

    private static String until(String time) {
        return time.equals("0") || time.equals("?") ? "" : ", for " + time;
    }

    private static String hooks(AgentReply answer) {
        int woven = 0;
        int waiting = 0;
        int unfit = 0;
        int disarmed = 0;
        for (String hook : answer.all(StatusKey.HOOK)) {
            woven += hook.endsWith(WOVEN) ? 1 : 0;
            waiting += hook.contains(WAITING) ? 1 : 0;
            unfit += isUnfit(hook) ? 1 : 0;
            disarmed += isDisarmed(hook) ? 1 : 0;
        }
        if (woven == 0 && waiting > 0) {
            return "none woven: JSSE is not loaded yet, the JVM has not used TLS";
        }
        return woven + " woven" + (waiting == 0 ? "" : ", " + waiting + " wait for a class that is not loaded yet")
                + (unfit == 0 ? "" : ", " + unfit + " do not fit this JDK: status --hooks shows which")
                + (disarmed == 0 ? "" : ", " + disarmed + " disarmed after failures of tlscope's own:");
    }

    private static boolean isUnfit(String hook) {
        return hook.contains(" refused ");
    }

    private static boolean isDisarmed(String hook) {
        return hook.contains(" disarmed ");
    }
}
