package dev.tlscope.cli;

import org.jspecify.annotations.Nullable;

/** A JVM as jvmstat shows it, without contact to the JVM itself. */
final class Jvm {
    private static final String OUT = " to ";

    /** A longer path may be cut off. */
    private static final int MOST_OUT = 900;

    final int pid;
    final String mainClass;
    final String javaVersion;
    final boolean attachable;
    /** {@code VERSION since TIME} of the tlscope agent in it, or that the agent waits for TLS; null when there is none. */
    final @Nullable String agent;

    Jvm(int pid, String mainClass, String javaVersion, boolean attachable, @Nullable String agent) {
        this.pid = pid;
        this.mainClass = mainClass;
        this.javaVersion = javaVersion;
        this.attachable = attachable;
        this.agent = agent;
    }

    /** Where the agent writes to, as it says itself; null when there is none, or the path does not fit or has other letters. */
    @Nullable
    String out() {
        int at = agent == null ? -1 : agent.indexOf(OUT);
        String path = agent == null || at < 0 ? "" : agent.substring(at + OUT.length());
        return path.startsWith("/") && path.length() < MOST_OUT && path.indexOf('?') < 0 ? path : null;
    }

    /** Feature release: 8, 11, 17. */
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
}
