package dev.tlscope.analyzer.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The offline commands. The attach client, which is Java 8, finds this class by its name and adds them to its own. It
 * gives what they need of it: what they may do with running JVMs, which its class TargetAccess describes, and standard output for
 * what is no text.
 */
public final class OfflineCommands
        implements BiFunction<Function<List<String>, Map<String, String>>, OutputStream, List<Object>> {
    @Override
    public List<Object> apply(Function<List<String>, Map<String, String>> client, OutputStream out) {
        return List.of(
                new ExplainCommand(client),
                new ShowCommand(),
                new VerifyCommand(),
                new DiffCommand(),
                new ExportCommand(out),
                new ReportCommand(),
                new WatchCommand(client),
                new CheckCommand(),
                new ConnectCommand(client),
                new OpenCommand(),
                new CausesCommand());
    }
}
