package dev.tlscope.agent.log;

import dev.tlscope.agent.config.LogScope;
import dev.tlscope.agent.listen.ClassWatch;
import dev.tlscope.agent.listen.Speaker;
import dev.tlscope.agent.outcome.OutcomeName;
import dev.tlscope.agent.outcome.OutcomeReport;
import dev.tlscope.agent.outcome.RepeatedFailure;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lines in the application's log. They are written on the listeners' thread. A line that finds no log, or that the log refuses, waits
 * for half a minute: an application that has just been started has not configured its log yet. Then it goes into our own file, or is
 * dropped when the log goes on refusing it.
 */
public final class AppLog {
    private static final int MOST_WAITING = 64;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int LINES_A_MINUTE = 10;

    private final LogScope scope;
    private final Speaker speaker;
    private final LogTargets targets;
    private final FileTarget file;
    private final LineLimit limit;
    private final Deque<PendingLine> waiting = new ArrayDeque<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private volatile String target = "none yet";
    private volatile boolean waits;

    /** @param file our own, for a JVM without a log */
    public AppLog(LogScope scope, Speaker speaker, ClassWatch watch, Path file) {
        this.scope = scope;
        this.speaker = speaker;
        this.targets = new LogTargets(watch);
        this.file = new FileTarget(file);
        this.limit = new LineLimit(scope == LogScope.PROBLEMS ? 1 : LINES_A_MINUTE);
    }

    /** Whether it takes completed handshakes too. */
    public boolean wantsCompleted() {
        return scope == LogScope.ALL;
    }

    /** A handshake failed. Called on the writer's thread. */
    public void failed(OutcomeReport report) {
        long now = System.nanoTime();
        speaker.say(() -> {
            long before = limit.pass(RepeatedFailure.key(report), now);
            if (before < 0) {
                left.incrementAndGet();
                return;
            }
            String more = before == 0 ? "" : " (and " + before + " more like it since the last line)";
            add(new PendingLine(true, report.sentence() + more, values(report), report.application(), now));
        });
    }

    /** A handshake completed. Called on the writer's thread. */
    public void completed(OutcomeReport report) {
        long now = System.nanoTime();
        speaker.say(() -> add(new PendingLine(false, report.sentence(), values(report), report.application(), now)));
    }

    /** A line of the agent's own. */
    public void say(String line) {
        long now = System.nanoTime();
        speaker.say(() -> add(new PendingLine(true, line, new LinkedHashMap<>(), null, now)));
    }

    /** Looks after the lines that wait. Called on the writer's thread from time to time. */
    public void tick() {
        if (waits) {
            speaker.say(() -> writeWaiting(false));
        }
    }

    /** The JVM ends, or the agent is detached: what waits goes into our own file. */
    public void end() {
        speaker.say(() -> {
            writeWaiting(true);
            closeFile();
        });
    }

    /** Where the last line went. */
    public String target() {
        return target;
    }

    /** Lines written. */
    public long written() {
        return written.get();
    }

    /** Lines that were left out: too many of one problem, or refused by the log for half a minute. */
    public long left() {
        return left.get();
    }

    private static Map<String, Object> values(OutcomeReport report) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<OutcomeName, Object> entry : report.values().entrySet()) {
            if (entry.getKey() != OutcomeName.ERROR_MESSAGE) { // it is the line
                values.put(entry.getKey().key(report.client()), entry.getValue());
            }
        }
        return values;
    }

    private void add(PendingLine line) {
        waiting.add(line);
        if (waiting.size() > MOST_WAITING) {
            waiting.remove();
            left.incrementAndGet();
        }
        writeWaiting(false);
    }

    private void writeWaiting(boolean last) {
        for (int i = waiting.size(); i > 0; i--) {
            PendingLine line = waiting.remove();
            boolean patient = !last && System.nanoTime() - line.nanos < PATIENCE_NANOS;
            if (!isDone(line, patient)) {
                waiting.add(line);
            }
        }
        waits = !waiting.isEmpty();
    }

    private boolean isDone(PendingLine line, boolean patient) {
        Thread speaking = Thread.currentThread();
        try {
            LogTarget log = targets.find(line.application.get(), patient);
            if (log == null && patient) {
                return false;
            }
            LogTarget to = log == null ? file : log;
            speaking.setContextClassLoader(line.application.get());
            if (!to.takes(line.warning)) {
                if (!patient) {
                    left.incrementAndGet();
                }
                return !patient;
            }
            to.write(line.warning, line.text, line.values);
            target = to.name();
            written.incrementAndGet();
            return true;
        } catch (Throwable t) {
            left.incrementAndGet();
            target = "failed: " + t.getClass().getName();
            return true;
        } finally {
            speaking.setContextClassLoader(null);
        }
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            target = "failed: " + e.getClass().getName();
        }
    }

    /** A line and what belongs to it. It keeps no web application alive. */
    private static final class PendingLine {
        private final boolean warning;
        private final String text;
        private final Map<String, Object> values;
        private final WeakReference<@Nullable ClassLoader> application;
        private final long nanos;

        PendingLine(
                boolean warning,
                String text,
                Map<String, Object> values,
                @Nullable ClassLoader application,
                long nanos) {
            this.warning = warning;
            this.text = text;
            this.values = values;
            this.application = new WeakReference<>(application);
            this.nanos = nanos;
        }
    }
}
