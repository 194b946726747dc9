package dev.tlscope.cli;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.status.StatusKey;
import java.io.PrintWriter;
import java.nio.file.Paths;
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
 *   <li>{@code attached PID}: attached, yes or no; no for a JVM that has ended
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
                return Collections.singletonMap("attached", read == null || read.agent == null ? "no" : "yes");
            case "attach":
                return values(
                        AgentClient.ask(Target.find(jvm), "attach", options(command.subList(2, command.size())), err));
            case "status":
            case "detach":
                return values(AgentClient.ask(Target.findAttached(jvm), command.get(0), "", err));
            default:
                throw new IllegalArgumentException(command.get(0));
        }
    }

    private static Map<String, String> find(String pidOrName) {
        Jvm jvm = Target.find(pidOrName);
        Map<String, String> found = new HashMap<>();
        found.put("pid", String.valueOf(jvm.pid));
        found.put("main", jvm.mainClass);
        found.put("jdk", jvm.javaVersion);
        found.put("attached", jvm.agent == null ? "no" : "yes");
        String out = jvm.out();
        if (out != null) {
            found.put(StatusKey.OUT.key(), out);
        }
        return found;
    }

    private static Map<String, String> values(AgentReply reply) {
        Map<String, String> values = new HashMap<>();
        for (StatusKey key : StatusKey.values()) {
            values.put(key.key(), String.join("\n", reply.all(key)));
        }
        return values;
    }

    /** Checks them here, before a JVM is troubled. */
    private static String options(List<String> pairs) {
        StringBuilder arguments = new StringBuilder();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            arguments
                    .append(arguments.length() == 0 ? "" : ",")
                    .append(key)
                    .append('=')
                    .append(Options.escape(
                            key.equals(Option.OUT.key())
                                    ? Paths.get(value)
                                            .toAbsolutePath()
                                            .normalize()
                                            .toString()
                                    : value));
        }
        try {
            Options.parse(arguments.toString(), Collections.emptyMap(), Collections.emptyMap());
        } catch (OptionException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        return arguments.toString();
    }
}
