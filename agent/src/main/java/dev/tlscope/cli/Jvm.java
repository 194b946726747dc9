package dev.tlscope.cli;

import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;

/** A JVM as its jvmstat file and /proc show it, without contact to the JVM itself. */
final class Jvm {
    final int pid;
    /** Null without /proc. */
    final @Nullable TargetProcess process;

    final String mainClass;
    final String javaVersion;
    final boolean attachable;
    /** Null when there is no tlscope agent in it, as far as its jvmstat file shows. */
    final @Nullable AgentMark agent;
    /** Whether it has a jvmstat file, where an agent shows itself. */
    final boolean shows;

    Jvm(
            int pid,
            @Nullable TargetProcess process,
            String mainClass,
            String javaVersion,
            boolean attachable,
            @Nullable AgentMark agent,
            boolean shows) {
        this.pid = pid;
        this.process = process;
        this.mainClass = mainClass;
        this.javaVersion = javaVersion;
        this.attachable = attachable;
        this.agent = agent;
        this.shows = shows;
    }

    /** Where the agent writes to, as the JVM names it; null when there is none, or the path does not fit into the counter. */
    @Nullable
    String out() {
        return agent == null ? null : agent.out;
    }

    /** By which PID the JVM knows itself. */
    int ownPid() {
        return process == null ? pid : process.innerPid;
    }

    /** Where its file is seen from here. */
    Path seen(String path) {
        return process == null ? Paths.get(path) : process.seen(path);
    }

    /** What a path that the user names means in the JVM. */
    String path(String named) {
        return process == null ? Paths.get(named).toAbsolutePath().normalize().toString() : process.path(named);
    }

    /** Feature release: 8, 11, 17; 0 when it is not known. */
    int feature() {
        String version = javaVersion.startsWith("1.") ? javaVersion.substring(2) : javaVersion;
        int end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
    }

    /** The last part of the main class's name, or of the jar's path. */
    String simpleName() {
        String name = mainClass.substring(mainClass.lastIndexOf('/') + 1);
        return name.endsWith(".jar") ? name : name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
        return pid + " " + mainClass;
    }
}
