package dev.tlscope.analyzer.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a person is looking, and how much they see. */
final class Terminal {
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 60;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** At standard output; standard input is taken from there too. */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on isTerminal tells
    static boolean isThere() {
        @Nullable Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** The same, and it takes the sequences that colour what is written, or take it back. */
    static boolean isObedient() {
        return isThere() && isObedient(System.getenv());
    }

    /** With TERM=dumb, as an editor's shell sets it, it shows them as they are. */
    static boolean isObedient(Map<String, String> environment) {
        return !"dumb".equals(environment.get("TERM"));
    }

    /**
     * An obedient one at standard error, which Java cannot ask for: where the system does not tell either, as at standard
     * output.
     */
    static boolean isErrorThere() {
        return isObedient(System.getenv()) && isErrorTerminal();
    }

    static boolean hasColour() {
        return isObedient() && wantsColour(System.getenv());
    }

    /** Not with the variable NO_COLOR, whatever its value, unless it is empty (no-color.org). */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Columns of the terminal that standard output is, but enough for a ladder; 0 when it is none. */
    static int width() {
        return isThere() ? Math.max(LEAST_WIDTH, columns()) : 0;
    }

    /** The terminal tells only its own programs: stty asks the one that belongs to this process. */
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

    /** From JDK 22 on there is a Console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
