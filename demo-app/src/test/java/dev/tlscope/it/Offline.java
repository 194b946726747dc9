package dev.tlscope.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.analyzer.cli.OfflineCommands;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The offline commands in the test's own JVM, where a test asks them so often that JVMs of their own would take most of its time. */
final class Offline {
    private Offline() {}

    /** What a command says of these captures with {@code --format json}; empty when it could not read them. */
    static Optional<JsonNode> run(Bench bench, String command, List<Path> files, String... options) {
        CommandLine found = null;
        for (Object each : new OfflineCommands().apply(pid -> bench.out().toFile(), OutputStream.nullOutputStream())) {
            CommandLine line = new CommandLine(each);
            found = line.getCommandName().equals(command) ? line : found;
        }
        if (found == null) {
            throw new IllegalArgumentException("no command " + command);
        }
        StringWriter out = new StringWriter();
        found.setOut(new PrintWriter(out));
        List<String> arguments = new ArrayList<>(List.of("--format", "json"));
        arguments.addAll(List.of(options));
        files.forEach(file -> arguments.add(file.toString()));
        int exitCode = found.execute(arguments.toArray(new String[0]));
        if (exitCode == 1 || exitCode == 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readTree(out.toString()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(out.toString(), e);
        }
    }
}
