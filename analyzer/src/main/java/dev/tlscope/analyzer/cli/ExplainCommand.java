package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.JsonReport;
import dev.tlscope.analyzer.render.Report;
import dev.tlscope.analyzer.render.TextReport;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Ending;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: says of each failed handshake in the captures who, when, which alert, why, and what to do. */
@Command(name = "explain", description = "Says why the captured handshakes failed, and what to do about it.")
final class ExplainCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int DAMAGED = 3;

    enum Format {
        text,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private Format format = Format.text;

    @Option(names = "--all", description = "list the completed handshakes too")
    private boolean all;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "captures, or directories of captures")
    private List<Path> places = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Path> files = new ArrayList<>();
        int exitCode = OK;
        for (Path place : places) {
            if (!collect(place, files, err)) {
                exitCode = FAILED;
            }
        }
        if (files.isEmpty()) {
            return FAILED;
        }
        Report report = format == Format.json ? new JsonReport(out) : new TextReport(out, isColourful());
        int read = 0;
        for (Path file : files) {
            int ended = explain(file, report, err);
            exitCode = Math.max(exitCode, ended);
            read += ended == FAILED ? 0 : 1;
        }
        // "no failed handshake" would be a wrong answer when nothing could be read; a program still wants its array
        if (read > 0 || format == Format.json) {
            report.end();
        }
        return exitCode;
    }

    private int explain(Path file, Report report, PrintWriter err) {
        try {
            Handshakes handshakes = new Handshakes(file, handshake -> add(handshake, report));
            Ending ending = CaptureReader.read(file, handshakes);
            handshakes.end();
            return switch (ending.kind()) {
                case COMPLETE -> OK;
                case DAMAGED -> {
                    err.println("tlscope: " + file + " is " + ending + "; what came before is explained");
                    yield DAMAGED;
                }
                case NOT_A_CAPTURE -> {
                    err.println("tlscope: " + file + " is " + ending + "; name a file that tlscope wrote");
                    yield FAILED;
                }
            };
        } catch (IOException | UncheckedIOException e) {
            err.println("tlscope: " + file + " cannot be read: " + e.getMessage()
                    + "; check its path and your rights to it");
            return FAILED;
        }
    }

    private void add(Handshake handshake, Report report) {
        try {
            if (handshake.failed()) {
                report.failed(handshake, Causes.of(handshake));
            } else {
                report.completed(handshake, all);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean collect(Path place, List<Path> files, PrintWriter err) throws IOException {
        if (Files.isDirectory(place)) {
            try (Stream<Path> inside = Files.list(place)) {
                List<Path> captures = inside.filter(file -> file.toString().endsWith(".pcapng"))
                        .sorted()
                        .toList();
                if (captures.isEmpty()) {
                    err.println("tlscope: " + place
                            + " has no capture (*.pcapng) in it; with keep=failures a file is made at"
                            + " the first failure");
                    return false;
                }
                files.addAll(captures);
                return true;
            }
        }
        if (!Files.exists(place)) {
            err.println("tlscope: there is no " + place + "; name a capture (*.pcapng) or a directory of captures");
            return false;
        }
        files.add(place);
        return true;
    }

    @SuppressWarnings("SystemConsoleNull") // on JDK 22 and later it is asked as well
    private static boolean isColourful() {
        java.io.Console console = System.console();
        return console != null && System.getenv("NO_COLOR") == null;
    }
}
