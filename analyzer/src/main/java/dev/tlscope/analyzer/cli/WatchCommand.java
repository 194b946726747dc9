package dev.tlscope.analyzer.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.TlsImplementation;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.problem.TlsInUse;
import dev.tlscope.analyzer.render.LiveReport;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.watch.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watch}: shows handshakes as they end, until it is interrupted or the JVM is detached. */
@Command(
        name = "watch",
        description =
                "Shows each handshake as it ends, and why it failed; until Ctrl-C, or until tlscope is detached from"
                        + " the JVM.",
        footer = {
            "",
            "With keep=failures, the agent's default, only failures reach the captures and",
            "are shown. A problem that occurred before takes one line.",
            "",
            "Examples:",
            "  tlscope watch 4711",
            "      the captures of that JVM, with tlscope attached",
            "  tlscope watch --failures /var/tmp/tls",
            "      only failures, with their causes",
            "  tlscope watch --all --cause key-mismatch /var/tmp/tls",
            "      from the first handshake on, those of one cause",
            "  tlscope watch --format json 4711 | jq .failure.cause",
            "      a line of JSON each handshake, as export --to json writes it"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:tlscope was detached, or the reader of standard output has ended",
            "1:nothing to watch",
            "2:wrong usage"
        })
final class WatchCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 500;
    private static final long ALIVE_NANOS = 2_000_000_000L;

    private final Function<List<String>, Map<String, String>> client;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--failures", description = "show failures only")
    private boolean failures;

    @Option(names = "--all", description = "begin with what the captures hold already")
    private boolean all;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "text for people (default), lines of json for programs")
    private CaptureCommand.Format format = CaptureCommand.Format.text;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Mixin
    private ColourOption colour = new ColourOption();

    @Parameters(
            arity = "1",
            paramLabel = "PID|NAME|FILE|DIR",
            description = "a JVM that tlscope is attached to, a capture or a directory of captures")
    private String place = "";

    /** Takes a handshake that ended. */
    private interface Sink {
        void ended(Handshake handshake, @Nullable Finding finding) throws IOException;
    }

    /**
     * Creates the command.
     *
     * @param client reaches running JVMs
     */
    WatchCommand(Function<List<String>, Map<String, String>> client) {
        this.client = client;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Selection selection = filter.selection();
        Path captures = Path.of(place);
        RunningJvm jvm = null;
        if (Files.notExists(captures)) {
            if (RunningJvm.isPath(place)) {
                err.println("tlscope: there is no " + place + "; name a JVM, a capture or a directory of captures");
                return CaptureFiles.FAILED;
            }
            jvm = RunningJvm.find(client, place);
            captures = jvm.out();
        }
        Watch watch;
        try {
            watch = new Watch(captures, all);
        } catch (IOException e) {
            err.println("tlscope: " + captures + " cannot be read: " + FileTrouble.reading(captures, e));
            return CaptureFiles.FAILED;
        }
        err.println("watching " + captures + "; Ctrl-C ends it");
        if (format == CaptureCommand.Format.json) {
            json(watch, selection, jvm, out, err);
        } else {
            text(watch, selection, jvm, out, err);
        }
        return CaptureFiles.OK;
    }

    private void text(Watch watch, Selection selection, @Nullable RunningJvm jvm, PrintWriter out, PrintWriter err)
            throws InterruptedException, IOException {
        LiveReport report =
                new LiveReport(out, Terminal.isObedient(), colour.style(), failures, new Problems(new CapturedJvms()));
        Sink sink = (handshake, finding) -> report.ended(handshake, finding, System.nanoTime());
        follow(
                watch,
                verdicts(watch, err),
                selection,
                jvm,
                out,
                sink,
                report::note,
                () -> report.rates(System.nanoTime()));
        report.clear();
        out.flush();
        sayWhyItEnded(jvm, err);
    }

    private void json(Watch watch, Selection selection, @Nullable RunningJvm jvm, PrintWriter out, PrintWriter err)
            throws InterruptedException, IOException {
        Sink sink = (handshake, finding) -> {
            if (handshake.failed() || !failures) {
                try (JsonGenerator json = Json.lines(out)) {
                    new HandshakeJson(json, null).write(handshake, finding);
                }
                out.println();
            }
        };
        follow(watch, verdicts(watch, err), selection, jvm, out, sink, err::println, out::flush);
        sayWhyItEnded(jvm, err);
    }

    private static void sayWhyItEnded(@Nullable RunningJvm jvm, PrintWriter err) {
        if (jvm != null && !jvm.isAttached()) {
            err.println("tlscope is no longer in " + jvm + ": it was detached, or the JVM has ended");
        }
    }

    /** Of connections that the captures hold already, both ends are known at once. */
    private Verdicts verdicts(Watch watch, PrintWriter err) throws IOException {
        return all ? Verdicts.live(watch.captures(), err) : Verdicts.live();
    }

    private static void follow(
            Watch watch,
            Verdicts verdicts,
            Selection selection,
            @Nullable RunningJvm jvm,
            PrintWriter out,
            Sink sink,
            Consumer<String> notes,
            Runnable afterEach)
            throws InterruptedException, IOException {
        long looked = System.nanoTime();
        boolean over = false;
        boolean writes = true;
        while (!out.checkError()) { // a reader such as head may have closed the pipe
            Handshake ended = watch.next(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (ended != null) {
                Finding finding = verdicts.of(ended);
                if (selection.takes(ended, finding)) {
                    sink.ended(ended, finding);
                }
            } else if (over) {
                return;
            }
            for (TlsImplementation used = watch.implementation(); used != null; used = watch.implementation()) {
                notes.accept("tlscope: " + TlsInUse.sentence("this process", used));
            }
            for (String trouble = watch.trouble(); trouble != null; trouble = watch.trouble()) {
                notes.accept("tlscope: " + trouble);
            }
            afterEach.run();
            if (jvm != null && !over && System.nanoTime() - looked > ALIVE_NANOS) {
                looked = System.nanoTime();
                over = !jvm.isAttached(); // what it wrote last is still shown
                if (writes != jvm.writes()) {
                    writes = !writes;
                    notes.accept("tlscope: the agent "
                            + (writes
                                    ? "writes again"
                                    : "writes nothing at present, and loses what happens; the reason: tlscope status "
                                            + jvm.pid()));
                }
            }
        }
    }
}
