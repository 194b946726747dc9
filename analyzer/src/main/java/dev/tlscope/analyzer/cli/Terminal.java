package dev.tlscope.analyzer.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a person is looking. */
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

    /** At standard error, which Java cannot ask for: where the system does not tell either, as at standard output. */
    static boolean isErrorThere() {
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isThere();
        }
    }

    /** With the variable NO_COLOR set, whatever its value, nothing is coloured (no-color.org). */
    static boolean hasColour() {
        return isThere() && System.getenv("NO_COLOR") == null;
    }

    /** Columns of the terminal that standard output is; 0 when it is none. */
    static int width() {
        return isThere() ? Math.max(LEAST_WIDTH, askedWidth()) : 0;
    }

    /** The terminal tells only its own programs: stty asks the one that belongs to this process. */
    private static int askedWidth() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            int space = size.indexOf(' ');
            return space < 0 ? USUAL_WIDTH : Integer.parseInt(size.substring(space + 1));
        } catch (IOException | NumberFormatException e) {
            return USUAL_WIDTH;
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
