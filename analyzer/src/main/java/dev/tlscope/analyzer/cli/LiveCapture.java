package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.CaptureDirectory;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.CapturedJvm;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.TlsImplementation;
import dev.tlscope.analyzer.problem.Problems;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.problem.TlsInUse;
import dev.tlscope.analyzer.render.LiveReport;
import dev.tlscope.analyzer.render.Style;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.watch.Watch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Captures in a running JVM up to a limit, and shows on standard error what comes: attaches, unless the agent is there already, and
 * detaches what it attached, however it ends.
 */
final class LiveCapture {
    /** Should this process be killed, the agent ends by itself so much later. */
    private static final long GRACE_SECONDS = 30;

    private static final long LOOK_MILLIS = 250;
    private static final long ALIVE_NANOS = 2_000_000_000L;

    private final RunningJvm jvm;
    private final Selection selection;
    private final Limits limits;
    private final PrintWriter err;
    private final Style style;

    /**
     * When it ends.
     *
     * @param failures as many failures that are wanted; 0 for any number
     */
    record Limits(long seconds, long failures) {}

    /**
     * What was captured.
     *
     * @param sinceNanos when it began
     * @param counted what the agent counted, for people; empty when it was not asked
     */
    record Result(List<Path> files, long sinceNanos, String counted) {}

    LiveCapture(RunningJvm jvm, Selection selection, Limits limits, PrintWriter err, Style style) {
        this.jvm = jvm;
        this.selection = selection;
        this.limits = limits;
        this.err = err;
        this.style = style;
    }

    /**
     * Does it.
     *
     * @param options of the attach: {@code key=value}, {@code out} among them
     * @param out the directory that they name
     */
    Result run(List<String> options, Path out, Interruption interruption) throws IOException, InterruptedException {
        boolean attaches = !jvm.wasAttached();
        Path directory = attaches ? jvm.seen(out) : jvm.out();
        Watch watch = new Watch(directory, false);
        Instant now = Instant.now();
        long since = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        if (attaches) {
            List<String> bounded = new ArrayList<>(options);
            bounded.add("for=" + (limits.seconds() + GRACE_SECONDS));
            jvm.attach(bounded);
        }
        String counted = "";
        try {
            err.println((attaches ? "attached to " : "tlscope is in ") + jvm + (attaches ? "" : " already")
                    + ": capturing to " + directory + " for " + limits.seconds() + " s"
                    + (limits.failures() > 0 ? " or until " + limits.failures() + " failures" : "")
                    + "; Ctrl-C ends it");
            follow(watch, interruption);
        } finally {
            if (attaches) {
                counted = detach();
            }
        }
        return new Result(ofThisJvm(written(directory, since)), since, counted);
    }

    private void follow(Watch watch, Interruption interruption) throws InterruptedException {
        LiveReport report = new LiveReport(err, Terminal.isErrorThere(), style, true, new Problems(new CapturedJvms()));
        Verdicts verdicts = Verdicts.live();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limits.seconds());
        long looked = System.nanoTime();
        long failures = 0;
        while (System.nanoTime() < end
                && !interruption.isRequested()
                && (limits.failures() == 0 || failures < limits.failures())) {
            Handshake ended = watch.next(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (ended != null) {
                Finding finding = verdicts.of(ended);
                if (selection.takes(ended, finding)) {
                    failures += ended.failed() ? 1 : 0;
                    report.ended(ended, finding, System.nanoTime());
                }
            }
            for (TlsImplementation used = watch.implementation(); used != null; used = watch.implementation()) {
                report.note("tlscope: " + TlsInUse.sentence("this process", used));
            }
            for (String trouble = watch.trouble(); trouble != null; trouble = watch.trouble()) {
                report.note("tlscope: " + trouble);
            }
            report.left(TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()));
            if (System.nanoTime() - looked > ALIVE_NANOS) {
                looked = System.nanoTime();
                if (!jvm.isAttached()) {
                    report.note("the agent is no longer in " + jvm + ": it was detached, or the JVM has ended");
                    break;
                }
            }
        }
        report.clear();
    }

    /** What must be done even when something failed before. */
    private String detach() {
        if (!jvm.isAttached()) {
            return "";
        }
        Map<String, String> last = jvm.detach();
        err.println("detached from " + jvm);
        return last.getOrDefault("connections", "?") + " connections, " + last.getOrDefault("handshakes", "?")
                + " handshakes completed, " + last.getOrDefault("failed", "?") + " failed";
    }

    /** Another JVM may write to the same directory. */
    private List<Path> ofThisJvm(List<Path> files) {
        CapturedJvms jvms = OldestFirst.jvms(files);
        List<Path> own = files.stream()
                .filter(file -> jvm.ownPid().equals(String.valueOf(pid(jvms.of(file)))))
                .toList();
        return own.isEmpty() ? files : own;
    }

    private static @Nullable String pid(@Nullable CapturedJvm jvm) {
        return jvm == null ? null : jvm.pid();
    }

    /** The captures that were written since then. */
    private static List<Path> written(Path directory, long sinceNanos) throws IOException {
        List<Path> written = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            for (Path file : OldestFirst.of(CaptureDirectory.captures(directory, (inner, e) -> {}))) {
                // the time of a file may be coarser than the clock
                if (TimeUnit.MILLISECONDS.toSeconds(file.toFile().lastModified())
                        >= TimeUnit.NANOSECONDS.toSeconds(sinceNanos)) {
                    written.add(file);
                }
            }
        }
        return written;
    }
}
