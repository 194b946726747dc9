package dev.tlscope.cli;

import java.io.File;
import java.io.OutputStream;
import java.util.List;
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
     * @param captureDirectory finds the directory that the agent in a JVM writes to
     * @param out takes binary output
     * @return one line that says why they are missing, or null
     */
    @SuppressWarnings("unchecked")
    static @Nullable String addTo(CommandLine commands, Function<String, File> captureDirectory, OutputStream out) {
        try {
            BiFunction<Function<String, File>, OutputStream, List<Object>> offline = Class.forName(COMMANDS)
                    .asSubclass(BiFunction.class)
                    .getDeclaredConstructor()
                    .newInstance();
            for (Object command : offline.apply(captureDirectory, out)) {
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
