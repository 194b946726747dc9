package dev.tlscope.cli;

import dev.tlscope.agent.config.Option;
import java.io.PrintWriter;

/** The variables TLSCOPE_OPTION, which count in the environment of the target: one in that of this command is a mistake. */
final class OwnEnvironment {
    private OwnEnvironment() {}

    static void warn(PrintWriter err) {
        for (Option option : Option.values()) {
            if (System.getenv(option.variable()) != null) {
                err.println("tlscope: " + option.variable() + " is ignored here: it counts in the environment of the"
                        + " target; use --" + option.key());
            }
        }
    }
}
