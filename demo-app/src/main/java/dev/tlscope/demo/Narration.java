package dev.tlscope.demo;

import java.io.Console;
import java.util.List;

/** The demo's own text on the terminal: numbered steps, and below each, indented, its results. */
final class Narration {
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colour;
    private int steps;

    /** Uses colour on a terminal, unless NO_COLOR is set (no-color.org). */
    Narration() {
        this.colour = onTerminal() && System.getenv("NO_COLOR") == null;
    }

    void step(String text) {
        steps++;
        System.out.println(styled(BOLD, steps + ". " + text));
    }

    void detail(String text) {
        System.out.println("   " + text);
    }

    void bad(String text) {
        System.out.println("   " + styled(RED, text));
    }

    /** Prints the output of another program. */
    void quote(List<String> lines) {
        for (String line : lines) {
            System.out.println(styled(DIM, "   | " + line));
        }
    }

    private String styled(String style, String text) {
        return colour ? style + text + PLAIN : text;
    }

    /** From JDK 22 on there is a Console without a terminal too; Console.isTerminal distinguishes them. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }
}
