package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.render.ComparisonReport;
import dev.tlscope.analyzer.render.JsonComparison;
import dev.tlscope.analyzer.render.TextComparison;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verdict.Verdicts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: compares connections that were captured at both ends. */
@Command(
        name = "diff",
        description = "Compares what both ends captured of the same connections: messages, records, secrets.",
        footer = {
            "",
            "Connections are matched by the random of their ClientHello. Capture with",
            "records=all to have application data compared too, and with secrets=on for the",
            "secrets; their values are shown with --secrets only.",
            "",
            "Examples:",
            "  tlscope diff client.pcapng server.pcapng",
            "      the first difference in each direction, by message, field and byte",
            "  tlscope diff --format json client-captures server-captures",
            "      for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is the same",
            "1:a capture cannot be read, or none is of both ends",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was used",
            "4:something differs"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERS = 4;

    /** The most connections that are held in memory until their other end is read. */
    private static final int MOST = 5000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private CaptureCommand.Format format = CaptureCommand.Format.text;

    @Option(names = "--secrets", description = "show key material itself, not a fingerprint of it")
    private boolean secrets;

    @Parameters(index = "0", paramLabel = "A", description = "capture of one end, or a directory of such")
    private @Nullable Path one;

    @Parameters(index = "1", paramLabel = "B", description = "capture of the other end, or a directory of such")
    private @Nullable Path other;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Mixin
    private ColourOption colour = new ColourOption();

    private Selection selection = Selection.ALL;
    private final Map<String, Handshake> waiting = new LinkedHashMap<>();
    private int exitCode;
    private boolean more;
    private long compared;
    private long alone;
    private boolean different;

    @Override
    public Integer call() throws IOException {
        if (spec == null || one == null || other == null) {
            throw new IllegalStateException("picocli sets the spec and both captures before it calls a command");
        }
        selection = filter.selection();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CaptureFiles here = CaptureFiles.find(List.of(one), err);
        CaptureFiles there = CaptureFiles.find(List.of(other), err);
        if (here.files().isEmpty() || there.files().isEmpty()) {
            return CaptureFiles.FAILED;
        }
        // Their errors are reported when they are read completely.
        Set<String> others = ends(there, new PrintWriter(Writer.nullWriter()));
        read(here, err, handshake -> hold(handshake, others));
        if (more) {
            err.println("tlscope: more than " + MOST + " connections in common: the first " + MOST + " are compared");
        }
        SecretRedaction shown = new SecretRedaction(secrets);
        ComparisonReport report = format == CaptureCommand.Format.json
                ? new JsonComparison(out, shown)
                : new TextComparison(out, colour.style(), shown);
        try {
            read(there, err, handshake -> compare(handshake, report, out));
            report.end(alone + waiting.size());
        } catch (ReaderGoneException e) {
            return exitCode;
        }
        if (compared == 0 && exitCode == CaptureFiles.OK) {
            err.println("tlscope: no connection is in both with its client in the one and its server in the other");
            return CaptureFiles.FAILED;
        }
        return different ? DIFFERS : exitCode;
    }

    private Set<String> ends(CaptureFiles captures, PrintWriter err) {
        Set<String> ends = new HashSet<>();
        read(
                captures,
                err,
                handshake -> ConnectionPair.random(handshake).ifPresent(random -> ends.add(random + handshake.role())));
        return ends;
    }

    /**
     * Holds a connection only if its other end is there: a JVM may have both ends itself, and a path may be in both
     * arguments.
     */
    private void hold(Handshake handshake, Set<String> others) {
        Optional<String> random =
                ConnectionPair.random(handshake).filter(it -> others.contains(it + handshake.peerRole()));
        boolean full = waiting.size() == MOST;
        more |= full && random.isPresent();
        if (random.isEmpty() || full) {
            alone++;
        } else {
            waiting.put(random.get() + handshake.role(), handshake);
        }
    }

    private void compare(Handshake handshake, ComparisonReport report, PrintWriter out) {
        Optional<ConnectionPair> ends = ConnectionPair.random(handshake)
                .map(random -> waiting.remove(random + handshake.peerRole()))
                .filter(end -> isWanted(handshake, end) || isWanted(end, handshake))
                .flatMap(end -> ConnectionPair.of(handshake, end));
        if (ends.isEmpty()) {
            alone++;
            return;
        }
        Comparison comparison = Comparison.of(ends.get());
        compared++;
        different |= !comparison.meanings().isEmpty();
        try {
            report.compared(comparison, Verdicts.of(ends.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReaderGoneException.check(out);
    }

    /** A connection that is selected at one end is compared. */
    private boolean isWanted(Handshake handshake, Handshake other) {
        return selection.takes(
                handshake, selection.needsCause() && handshake.failed() ? Causes.of(handshake, other) : null);
    }

    private void read(CaptureFiles captures, PrintWriter err, Consumer<Handshake> next) {
        for (Path file : captures.files()) {
            Handshakes handshakes = new Handshakes(file, next);
            exitCode = Math.max(exitCode, CaptureFiles.read(file, handshakes::take, err));
            handshakes.end();
        }
    }
}
