package dev.tlscope.cli;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.status.StatusKey;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the offline commands, which know no class of ours, may do with a running JVM: a command with its arguments, answered by named
 * values.
 *
 * <ul>
 *   <li>{@code find JVM}: pid, main, jdk, and out, where the agent in it writes to; without out there is none, or it does not say
 *   <li>{@code attached PID}: attached, yes or no; no for a JVM that has ended, yes for one that does not show it; writes, no while it
 *       cannot write
 *   <li>{@code seen PID PATH}: path, where what the user names as a directory of that JVM is seen from here
 *   <li>{@code settings JVM}: java.home, and its options in {@code options}, one a line, as its jvmstat file and /proc show them
 *   <li>{@code attach PID KEY=VALUE...}, {@code status PID}, {@code detach PID}: the values of {@link StatusKey}, those of several
 *       lines with line breaks between
 * </ul>
 */
final class TargetAccess implements Function<List<String>, Map<String, String>> {
    private final PrintWriter err;

    TargetAccess(PrintWriter err) {
        this.err = err;
    }

    @Override
    public Map<String, String> apply(List<String> command) {
        String jvm = command.get(1);
        switch (command.get(0)) {
            case "find":
                return find(jvm);
            case "attached":
                Jvm read = new Jvms().read(Integer.parseInt(jvm));
                Map<String, String> state = new HashMap<>();
                state.put("attached", read == null || (read.shows && read.agent == null) ? "no" : "yes");
                state.put("writes", read != null && read.agent != null && read.agent.isInterrupted() ? "no" : "yes");
                return state;
            case "settings":
                return JvmSettings.of(Target.find(jvm));
            case "attach":
                Jvm target = Target.find(jvm);
                return values(
                        target,
                        AgentClient.ask(target, "attach", options(target, command.subList(2, command.size())), err));
            case "seen":
                Jvm there = Target.find(jvm);
                return Collections.singletonMap(
                        "path", there.seen(there.path(command.get(2))).toString());
            case "status":
            case "detach":
                Jvm attached = Target.findAttached(jvm);
                return values(attached, AgentClient.ask(attached, command.get(0), "", err));
            default:
                throw new IllegalArgumentException(command.get(0));
        }
    }

    private static Map<String, String> find(String pidOrName) {
        Jvm jvm = Target.find(pidOrName);
        Map<String, String> found = new HashMap<>();
        found.put("pid", String.valueOf(jvm.pid));
        found.put("ownPid", String.valueOf(jvm.ownPid()));
        found.put("main", jvm.mainClass);
        found.put("jdk", jvm.javaVersion);
        found.put("attached", jvm.agent == null ? "no" : "yes");
        String out = jvm.out();
        if (out != null) {
            found.put(StatusKey.OUT.key(), jvm.seen(out).toString());
        }
        return found;
    }

    private static Map<String, String> values(Jvm jvm, AgentReply reply) {
        Map<String, String> values = new HashMap<>();
        for (StatusKey key : StatusKey.values()) {
            values.put(key.key(), String.join("\n", reply.all(key)));
        }
        if (!reply.isEmpty()) {
            values.put(StatusKey.OUT.key(), jvm.seen(reply.one(StatusKey.OUT)).toString());
        }
        return values;
    }

    /** Checks them here, before a JVM is troubled. */
    private static String options(Jvm target, List<String> pairs) {
        StringBuilder arguments = new StringBuilder();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            arguments
                    .append(arguments.length() == 0 ? "" : ",")
                    .append(key)
                    .append('=')
                    .append(Options.escape(key.equals(Option.OUT.key()) ? target.path(value) : value));
        }
        try {
            Options.parse(arguments.toString(), Collections.emptyMap(), Collections.emptyMap());
        } catch (OptionException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        return arguments.toString();
    }
}
