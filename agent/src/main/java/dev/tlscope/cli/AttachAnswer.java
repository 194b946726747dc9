package dev.tlscope.cli;

import org.jspecify.annotations.Nullable;

/** What a JVM answers when it has been asked to load an agent, in the words of all releases. */
final class AttachAnswer {
    /** JPLISAgent.h: AGENT_ERROR_BADJAR. */
    private static final String BAD_JAR = "100";

    /** It opened no socket for the attach. */
    static final String SILENT =
            "does not answer: it is stopped, swapped out or in a long garbage collection, has no free file"
                    + " descriptor, or its /tmp is full or read-only; when that is over, try again";

    private AttachAnswer() {}

    /** Returns when the agent was loaded: the first line is the operation's result, the second that of Agent_OnAttach. */
    static void check(String answer) throws AttachRefused {
        String[] lines = answer.trim().split("\n", -1);
        String second =
                lines.length < 2 ? "0" : lines[1].replace("return code:", "").trim();
        if (!lines[0].trim().equals("0") || !second.equals("0")) {
            String text = answer.trim().replace('\n', ' ');
            throw new AttachRefused(reason(text, second, text));
        }
    }

    /** What it means and what to do, from the words of the JVM or of the JDK's attach client. */
    static String reason(String text, String code, @Nullable String shortly) {
        if (text.contains("Dynamic agent loading is not enabled")) {
            return "refuses agents (-XX:-EnableDynamicAgentLoading); restart it without that flag, or with -javaagent:tlscope.jar";
        }
        if (text.contains("java.instrument")
                || text.contains("instrument was not loaded")
                || text.contains("libinstrument")) {
            return "was built without the module java.instrument (jlink), so no Java agent can be loaded; add it to"
                    + " the image: jlink --add-modules java.instrument";
        }
        if (text.contains("Unable to open socket file") || text.contains("HotSpot VM not loaded")) {
            return SILENT;
        }
        if (code.equals(BAD_JAR) || text.contains("Agent JAR not found")) {
            return "cannot open tlscope.jar; put it where that JVM's user can read it; a JVM without a free file descriptor"
                    + " cannot open it either (ls /proc/PID/fd | wc -l, ulimit -n)";
        }
        return "cannot load the agent: " + (shortly == null || shortly.isEmpty() ? text : shortly.replace('\n', ' '))
                + "; with -v the command shows more";
    }
}
