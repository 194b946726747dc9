package dev.tlscope.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.jul.JULServiceProvider;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The log of one command: SLF4J on java.util.logging, with the options {@code -v} and {@code --log-file}. Without them nothing
 * is logged. Runs in tlscope's own JVM only, never in a target.
 */
final class CommandLog {
    private static final String VERBOSE = "--verbose";
    private static final String FILE = "--log-file";

    /** The parent of all of our loggers. A field, because java.util.logging keeps loggers by weak references. */
    private static final Logger OURS = Logger.getLogger("dev.tlscope");

    private final List<Handler> handlers = new ArrayList<>();

    private CommandLog() {}

    /** Selects SLF4J's provider, which its ServiceLoader cannot find in the private loader. Before the first logger. */
    static void selectProvider() {
        System.setProperty("slf4j.provider", JULServiceProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN"); // else SLF4J prints that it found the property
        OURS.setUseParentHandlers(false);
        OURS.setLevel(Level.OFF);
    }

    /** Adds the two options to a command. */
    static void addOptions(CommandSpec command) {
        command.addOption(OptionSpec.builder("-v", VERBOSE)
                .description("print on standard error what the command does, step by step")
                .build());
        command.addOption(OptionSpec.builder(FILE)
                .paramLabel("FILE")
                .type(Path.class)
                .description("append what -v prints to a file")
                .build());
    }

    /**
     * The log that a command line asks for.
     *
     * @throws CommandFailed if its file cannot be written
     */
    static CommandLog open(CommandLine.ParseResult parsed, PrintWriter err) {
        CommandLog log = new CommandLog();
        Path file = parsed.matchedOptionValue(FILE, null);
        if (file != null) {
            log.add(new LineHandler(writer(file), true));
        }
        if (parsed.matchedOptionValue(VERBOSE, Boolean.FALSE)) {
            log.add(new LineHandler(err, false));
        }
        return log;
    }

    /** Ends the log. */
    void close() {
        for (Handler handler : handlers) {
            OURS.removeHandler(handler);
            handler.close();
        }
        OURS.setLevel(Level.OFF);
    }

    private void add(Handler handler) {
        handlers.add(handler);
        OURS.addHandler(handler);
        OURS.setLevel(Level.FINE);
    }

    /** A new file gets mode 0600, because it contains host names and addresses. */
    private static PrintWriter writer(Path file) {
        try {
            if (Files.notExists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return new PrintWriter(
                    new OutputStreamWriter(
                            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                            StandardCharsets.UTF_8),
                    false);
        } catch (IOException e) {
            throw new CommandFailed("the log " + file + " cannot be written: "
                    + (e instanceof NoSuchFileException ? "its directory does not exist" : e)
                    + "; name another file");
        }
    }

    /** Prints each record as a line, followed by the stack trace of its exception. */
    private static final class LineHandler extends Handler {
        private final PrintWriter out;
        private final boolean owned;

        LineHandler(PrintWriter out, boolean owned) {
            this.out = out;
            this.owned = owned;
            setFormatter(new LogLine());
        }

        @Override
        public synchronized void publish(@Nullable LogRecord record) {
            if (record != null && isLoggable(record)) {
                out.print(getFormatter().format(record));
                out.flush();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            if (owned) {
                out.close();
            }
        }
    }
}
