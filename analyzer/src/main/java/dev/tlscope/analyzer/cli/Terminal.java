package dev.tlscope.analyzer.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person is looking at standard output. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on isTerminal tells
    static boolean isThere() {
        @Nullable Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** With the variable NO_COLOR set, whatever its value, nothing is coloured (no-color.org). */
    static boolean hasColour() {
        return isThere() && System.getenv("NO_COLOR") == null;
    }

    /** From JDK 22 on there is a Console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
