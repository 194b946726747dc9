package dev.tlscope.cli;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Adds the analyzer's commands, which need Java 17, so this class refers to them by name only. */
final class Offline {
    private static final String COMMANDS = "dev.tlscope.analyzer.cli.OfflineCommands";

    private Offline() {}

    /**
     * Adds the commands.
     *
     * @param client reaches running JVMs
     * @param out receives binary output
     * @return one line that says why they are missing, or null
     */
    @SuppressWarnings("unchecked")
    static @Nullable String addTo(
            CommandLine commands, Function<List<String>, Map<String, String>> client, OutputStream out) {
        try {
            BiFunction<Function<List<String>, Map<String, String>>, OutputStream, List<Object>> offline = Class.forName(
                            COMMANDS)
                    .asSubclass(BiFunction.class)
                    .getDeclaredConstructor()
                    .newInstance();
            for (Object command : offline.apply(client, out)) {
                commands.addSubcommand(command);
            }
            return null;
        } catch (UnsupportedClassVersionError e) {
            return "this command needs Java 17 or later, and this is Java " + System.getProperty("java.version")
                    + "; run it with another: /path/to/java17/bin/java -jar tlscope.jar ...";
        } catch (ReflectiveOperationException e) {
            return "tlscope.jar is damaged: " + e + "; build or fetch it again";
        }
    }
}
