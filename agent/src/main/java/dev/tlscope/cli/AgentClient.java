package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;

/**
 * Sends commands to the agent in a target. An attach makes the JVM load the agent; the agent that is there is asked by a file in its own
 * directory, and only where that fails is it loaded again. No socket of tlscope's own is used.
 */
final class AgentClient {
    private static final int FIRST_WITH_NOTICE = 21;

    private AgentClient() {}

    /**
     * Executes a command in the target.
     *
     * @param command attach, status or detach
     * @param options {@code key=value,...}, escaped, may be empty
     * @param err receives a notice before the target's JVM prints its own
     * @return the answer; an empty one when the command was executed and only its answer is missing, which is then said
     */
    static AgentReply ask(Jvm target, String command, String options, PrintWriter err) {
        boolean attaches = command.equals("attach");
        List<String> lines = attaches ? null : ControlFile.ask(target, command);
        if (lines != null) {
            return answer(lines);
        }
        if (!attaches && target.agent != null && !isThere(target)) {
            return unheard(target, command, "the agent ended meanwhile", err);
        }
        if (target.feature() >= FIRST_WITH_NOTICE) {
            err.println("the JVM " + target.pid + " (JDK " + target.javaVersion + ") itself prints a notice about a"
                    + " dynamically loaded agent on its standard error, unless started with"
                    + " -XX:+EnableDynamicAgentLoading");
        }
        try {
            return answer(
                    target.process != null && AsTargetUser.isNeeded(target)
                            ? AsTargetUser.ask(target.process, command, options)
                            : new AgentLoading(target.pid, target.process).ask(command, options));
        } catch (NoAnswer e) {
            if (target.shows && attaches != (target.agent != null) && attaches == isThere(target)) {
                return unheard(target, command, String.valueOf(e.getMessage()), err);
            }
            throw new CommandFailed("the JVM " + target.pid + " sent no answer to " + command + ": " + e.getMessage()
                    + "; whether it was done shows: " + Invocation.of("list"));
        }
    }

    private static AgentReply answer(List<String> lines) {
        if (lines.get(0).startsWith("error ")) {
            throw new CommandFailed(lines.get(0).substring("error ".length()));
        }
        return new AgentReply(lines.subList(1, lines.size()));
    }

    private static boolean isThere(Jvm target) {
        Jvm now = new Jvms().read(target.pid);
        return now != null && now.agent != null;
    }

    private static AgentReply unheard(Jvm target, String command, String why, PrintWriter err) {
        err.println("the JVM " + target.pid + " executed " + command + ", but its answer is missing: " + why);
        return new AgentReply(Collections.emptyList());
    }
}
