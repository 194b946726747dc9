package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.render.LiveReport;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.watch.Watch;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watch}: shows handshakes as they end, until it is interrupted. */
@Command(
        name = "watch",
        description = "Shows each handshake as it ends, and why it failed; until Ctrl-C.",
        footer = {
            "",
            "With keep=failures, the agent's default, only failures reach the captures and",
            "are shown.",
            "",
            "Examples:",
            "  tlscope watch 4711",
            "      the captures of that JVM, with tlscope attached",
            "  tlscope watch --failures /var/tmp/tls",
            "      only failures, with their causes",
            "  tlscope watch --all /var/tmp/tls | grep key-mismatch",
            "      from the first handshake on, as plain lines"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:who read standard output has gone", "1:nothing there to watch", "2:wrong usage"})
final class WatchCommand implements Callable<Integer> {
    private final Function<String, File> captureDirectory;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--failures", description = "show failures only")
    private boolean failures;

    @Option(names = "--all", description = "begin with what the captures hold already")
    private boolean all;

    @Parameters(
            arity = "1",
            paramLabel = "PID|NAME|FILE|DIR",
            description = "a JVM that tlscope is attached to, a capture or a directory of captures")
    private String place = "";

    /**
     * Creates the command.
     *
     * @param captureDirectory finds where the agent in a JVM, given by PID or main class, writes to
     */
    WatchCommand(Function<String, File> captureDirectory) {
        this.captureDirectory = captureDirectory;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path captures = Path.of(place);
        if (Files.notExists(captures)) {
            if (place.indexOf('/') >= 0 || place.endsWith(".pcapng")) {
                err.println("tlscope: there is no " + place + "; name a JVM, a capture or a directory of captures");
                return CaptureFiles.FAILED;
            }
            captures = captureDirectory.apply(place).toPath();
        }
        Watch watch;
        try {
            watch = new Watch(captures, all);
        } catch (IOException e) {
            err.println("tlscope: " + captures + " cannot be read: " + FileTrouble.reading(captures, e));
            return CaptureFiles.FAILED;
        }
        Verdicts verdicts = Verdicts.live();
        LiveReport report = new LiveReport(out, Terminal.isObedient(), Terminal.hasColour(), failures);
        err.println("watching " + captures + "; Ctrl-C ends it");
        while (!out.checkError()) { // a reader that has gone, such as head
            Handshake ended = watch.next(500, TimeUnit.MILLISECONDS);
            if (ended != null) {
                report.ended(ended, verdicts.of(ended), System.nanoTime());
            }
            for (String trouble = watch.trouble(); trouble != null; trouble = watch.trouble()) {
                report.note("tlscope: " + trouble);
            }
            report.rates(System.nanoTime());
        }
        return CaptureFiles.OK;
    }
}
