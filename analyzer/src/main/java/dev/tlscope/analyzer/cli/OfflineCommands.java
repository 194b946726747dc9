package dev.tlscope.analyzer.cli;

import java.io.File;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The offline commands. The attach client, which is Java 8, finds this class by its name and adds them to its own. It
 * gives what they need of it: the directory that the agent in a JVM, named by PID or main class, writes to, and standard output
 * for what is no text.
 */
public final class OfflineCommands implements BiFunction<Function<String, File>, OutputStream, List<Object>> {
    @Override
    public List<Object> apply(Function<String, File> captureDirectory, OutputStream out) {
        return List.of(
                new ExplainCommand(),
                new ShowCommand(),
                new VerifyCommand(),
                new DiffCommand(),
                new ExportCommand(out),
                new ReportCommand(),
                new WatchCommand(captureDirectory),
                new CausesCommand());
    }
}
