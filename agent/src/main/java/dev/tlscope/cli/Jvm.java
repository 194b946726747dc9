package dev.tlscope.cli;

import org.jspecify.annotations.Nullable;

/** A JVM as jvmstat shows it, without contact to the JVM itself. */
final class Jvm {
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
