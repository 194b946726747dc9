package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.model.CapturedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A running JVM that the user named, as the attach client reaches it: {@code dev.tlscope.cli.TargetAccess} says which commands there are. */
final class RunningJvm {
    private final Function<List<String>, Map<String, String>> client;
    private final Map<String, String> found;

    private RunningJvm(Function<List<String>, Map<String, String>> client, Map<String, String> found) {
        this.client = client;
        this.found = found;
    }

    /**
     * The one of that PID or main class.
     *
     * @throws RuntimeException with one line for the user when there is none, or several
     */
    static RunningJvm find(Function<List<String>, Map<String, String>> client, String pidOrName) {
        return new RunningJvm(client, client.apply(List.of("find", pidOrName)));
    }

    /** Whether what the user named in place of a capture can only be a file. */
    static boolean isPath(String place) {
        return place.indexOf('/') >= 0 || place.endsWith(".pcapng");
    }

    /** Whether the agent was in it when it was found. */
    boolean wasAttached() {
        return "yes".equals(found.get("attached"));
    }

    /** Whether the agent is in it now; false too when the JVM has ended. */
    boolean isAttached() {
        return "yes".equals(client.apply(List.of("attached", pid())).get("attached"));
    }

    /** Whether the agent in it can write: not while its disk is full, for example. */
    boolean writes() {
        return !"no".equals(client.apply(List.of("attached", pid())).get("writes"));
    }

    /** Where the agent in it writes to: the JVM itself is asked only where nothing else says so. */
    Path out() {
        String out = found.get("out");
        return Path.of(out != null ? out : value(client.apply(List.of("status", pid())), "out"));
    }

    /** Whether it wrote that capture: another JVM may write to the same directory. */
    boolean isOwn(Path capture) {
        CapturedJvm jvm = OldestFirst.jvms(List.of(capture)).of(capture);
        return jvm == null || ownPid().equals(jvm.pid());
    }

    /** Where a directory that the user names for it is seen from here: in a container it is another one than here. */
    Path seen(Path directory) {
        return Path.of(value(client.apply(List.of("seen", pid(), directory.toString())), "path"));
    }

    /** Attaches with these options, {@code key=value}. */
    Map<String, String> attach(List<String> options) {
        List<String> command = new ArrayList<>(List.of("attach", pid()));
        command.addAll(options);
        return client.apply(command);
    }

    Map<String, String> detach() {
        return client.apply(List.of("detach", pid()));
    }

    /** {@code PID MAIN}. */
    @Override
    public String toString() {
        return pid() + " " + value(found, "main");
    }

    String pid() {
        return value(found, "pid");
    }

    /** By which PID it knows itself, and which its captures have: in a container it is another one than here. */
    String ownPid() {
        return value(found, "ownPid");
    }

    private static String value(Map<String, String> values, String key) {
        @Nullable String value = values.get(key);
        return value == null ? "?" : value;
    }
}
