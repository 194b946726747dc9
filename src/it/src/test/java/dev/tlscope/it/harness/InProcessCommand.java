package dev.tlscope.it.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.analyzer.cli.OfflineCommands;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Runs offline commands in the test's own JVM, for tests of a capture's contents, because JVMs for the commands would
 * take most of the time. The output is the same.
 */
public final class InProcessCommand {
    private InProcessCommand() {}

    /** {@code tlscope COMMAND ARGUMENTS}. */
    public static Bench.Ran run(String command, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        PrintWriter text = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        int exitCode = new OfflineCommands()
                        .apply(
                                pid -> {
                                    throw new IllegalArgumentException("no agent is asked: " + pid);
                                },
                                out)
                        .stream()
                        .map(CommandLine::new)
                        .filter(line -> line.getCommandName().equals(command))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no command " + command))
                        .setOut(text)
                        .setErr(new PrintWriter(err))
                        .execute(arguments);
        text.flush();
        return new Bench.Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    /** The output of a command for these captures with {@code --format json}; empty if it could not read them. */
    public static Optional<JsonNode> json(String command, List<Path> files, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--format", "json"));
        arguments.addAll(Arrays.asList(options));
        files.forEach(file -> arguments.add(file.toString()));
        Bench.Ran ran = run(command, arguments.toArray(new String[0]));
        if (ran.exitCode() == 1 || ran.exitCode() == 2) {
            return Optional.empty();
        }
        if (ran.exitCode() == 3) {
            throw new AssertionError("a capture is damaged: " + ran.err());
        }
        try {
            return Optional.of(new ObjectMapper().readTree(ran.out()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(ran.out(), e);
        }
    }
}
