package dev.tlscope.analyzer.cli;

import java.io.File;
import java.util.List;
import java.util.function.Function;

/**
 * The offline commands. The attach client, which is Java 8, finds this class by its name and adds them to its own. It
 * gives the one thing that they need of it: the directory that the agent in a JVM, named by PID or main class, writes to.
 */
public final class OfflineCommands implements Function<Function<String, File>, List<Object>> {
    @Override
    public List<Object> apply(Function<String, File> captureDirectory) {
        return List.of(
                new ExplainCommand(),
                new ShowCommand(),
                new VerifyCommand(),
                new DiffCommand(),
                new ExportCommand(),
                new ReportCommand(),
                new WatchCommand(captureDirectory),
                new CausesCommand());
    }
}
