package dev.tlscope.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/** The width of the terminal at an output stream. The attach client runs on Java 8 too, and cannot see the analyzer's classes. */
final class TerminalWidth {
    /** Lines are not folded to less than this. */
    private static final int LEAST = 40;

    private TerminalWidth() {}

    /** Columns of the terminal at standard output; 0 when it is none. */
    static int ofOutput() {
        return isTerminal(1) ? columns() : 0;
    }

    /** Columns of the terminal at standard error; 0 when it is none. */
    static int ofError() {
        return isTerminal(2) ? columns() : 0;
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Paths.get("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return descriptor == 1 && isConsole(); // not Linux
        }
    }

    /** From JDK 22 on there is a Console without a terminal too, and a method that distinguishes them. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole() {
        Console console = System.console();
        try {
            return console != null
                    && (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Only programs of the terminal can query its size, so this runs stty; 0 where there is none. */
    private static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader answer =
                    new BufferedReader(new InputStreamReader(stty.getInputStream(), StandardCharsets.US_ASCII))) {
                String size = answer.readLine();
                int columns = size == null ? 0 : Integer.parseInt(size.substring(size.indexOf(' ') + 1));
                return columns == 0 ? 0 : Math.max(LEAST, columns);
            }
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
