package dev.tlscope.cli;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The names of the commands in the offline part. They are listed here because loading that part takes time and Java 17.
 */
final class CommandNames {
    static final Set<String> IN_PROCESS =
            setOf("list", "attach", "status", "detach", AsTargetCommand.NAME, ProbeCommand.NAME, "--version", "-V");
    static final Set<String> OFFLINE = setOf(
            "explain", "show", "verify", "diff", "export", "report", "watch", "check", "connect", "open", "causes");

    private CommandNames() {}

    private static Set<String> setOf(String... names) {
        return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(names)));
    }
}
