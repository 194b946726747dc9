package dev.tlscope.cli;

/** What a JVM answers when it has been asked to load an agent, in the words of all releases. */
final class AttachAnswer {
    /** JPLISAgent.h: AGENT_ERROR_BADJAR. */
    private static final String BAD_JAR = "100";

    private AttachAnswer() {}

    /** Returns when the agent was loaded: the first line is the operation's result, the second that of Agent_OnAttach. */
    static void check(String answer) throws AttachRefused {
        String[] lines = answer.trim().split("\n", -1);
        String second =
                lines.length < 2 ? "0" : lines[1].replace("return code:", "").trim();
        if (!lines[0].trim().equals("0") || !second.equals("0")) {
            throw new AttachRefused(reason(answer.trim().replace('\n', ' '), second));
        }
    }

    /** What it means and what to do, from the words of the JVM or of the JDK's attach client. */
    static String reason(String text, String code) {
        if (text.contains("Dynamic agent loading is not enabled")) {
            return "refuses agents (-XX:-EnableDynamicAgentLoading); restart it without that flag, or with -javaagent:tlscope.jar";
        }
        if (text.contains("java.instrument")
                || text.contains("instrument was not loaded")
                || text.contains("libinstrument")) {
            return "was built without the module java.instrument (jlink), so no Java agent can be loaded; add it to"
                    + " the image: jlink --add-modules java.instrument";
        }
        if (code.equals(BAD_JAR)) {
            return "cannot open tlscope.jar; put it where that JVM's user can read it";
        }
        return "cannot load the agent: " + text;
    }
}
