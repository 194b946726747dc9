package dev.tlscope.analyzer.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Detects whether output goes to a terminal, and the terminal's capabilities. */
final class Terminal {
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** True when standard output is a terminal; then standard input is assumed to be one too. */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on isTerminal tells
    static boolean isThere() {
        @Nullable Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** True when that terminal also interprets escape sequences for colour and for clearing text. */
    static boolean isObedient() {
        return isThere() && isObedient(System.getenv());
    }

    /** False with TERM=dumb, which an editor's shell sets, because it displays the sequences as text. */
    static boolean isObedient(Map<String, String> environment) {
        return !"dumb".equals(environment.get("TERM"));
    }

    /**
     * True for such a terminal at standard error, which Java cannot detect: if the system does not tell either, the
     * answer for standard output is used.
     */
    static boolean isErrorThere() {
        return isObedient(System.getenv()) && isErrorTerminal();
    }

    static boolean hasColour() {
        return isObedient() && wantsColour(System.getenv());
    }

    /** The same for the terminal at standard error. */
    static boolean hasErrorColour() {
        return isErrorThere() && wantsColour(System.getenv());
    }

    /** False if the variable NO_COLOR is set to any value but the empty one (no-color.org). */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Columns of the terminal at standard output, with a minimum for a ladder; 0 if it is not a terminal. */
    static int width() {
        return isThere() ? Math.max(LEAST_WIDTH, columns()) : 0;
    }

    /** The same for the terminal at standard error. */
    static int errorWidth() {
        return isErrorThere() ? Math.max(LEAST_WIDTH, columns()) : 0;
    }

    /** Only programs of the terminal can query its size, so this runs stty. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException | NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    private static boolean isErrorTerminal() {
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isThere();
        }
    }

    /** From JDK 22 on there is a Console without a terminal too, and a method that distinguishes them. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
