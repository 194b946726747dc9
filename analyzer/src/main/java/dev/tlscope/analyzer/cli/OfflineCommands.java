package dev.tlscope.analyzer.cli;

import java.util.List;
import java.util.function.Supplier;

/** The offline commands. The attach client, which is Java 8, finds this class by its name and adds them to its own. */
public final class OfflineCommands implements Supplier<List<Object>> {
    @Override
    public List<Object> get() {
        return List.of(new ExplainCommand(), new ExportCommand());
    }
}
