package dev.tlscope.agent.control;

import dev.tlscope.agent.config.LogScope;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.jfr.FlightEvents;
import dev.tlscope.agent.jmx.JmxListener;
import dev.tlscope.agent.listen.ClassWatch;
import dev.tlscope.agent.listen.Speaker;
import dev.tlscope.agent.log.AppLog;
import dev.tlscope.agent.outcome.OutcomeReport;
import dev.tlscope.agent.outcome.RepeatedFailure;
import dev.tlscope.agent.outcome.RepeatedFailures;
import dev.tlscope.agent.record.HandshakeOutcome;
import dev.tlscope.agent.record.OutcomeListener;
import dev.tlscope.agent.record.ReferencedEvents;
import dev.tlscope.agent.status.StatusKey;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes the ends of handshakes on to log, JFR and JMX. What the writer's thread calls is done there at once where it is the JDK's own
 * code (JFR), and on the listeners' thread where it may be the application's.
 */
final class OutcomeHub implements OutcomeListener {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ClassWatch watch;
    private final Speaker speaker = new Speaker();
    private final OutcomeReport.Maker reports;
    private final RepeatedFailures problems = new RepeatedFailures();
    private final FlightEvents flight;
    private final @Nullable AppLog log;
    private final @Nullable JmxListener bean;
    private long ticked = System.nanoTime() - TICK_NANOS;

    /**
     * Made once for each attach.
     *
     * @param numbered the events that a failure refers to
     * @param status what status answers
     * @param logFile for lines that no log of the application takes
     */
    OutcomeHub(
            Options options,
            Instrumentation instrumentation,
            ReferencedEvents numbered,
            Supplier<List<String>> status,
            Path logFile) {
        List<String> names = new ArrayList<>();
        names.add(ClassWatch.FLIGHT_RECORDER);
        if (options.jmx()) {
            names.add(ClassWatch.MBEAN_SERVER);
        }
        if (options.log() != LogScope.OFF) {
            names.add(ClassWatch.SLF4J);
            names.add(ClassWatch.ROOT_LOGGER);
            names.add(ClassWatch.LOGGER_FINDER);
        }
        this.watch = new ClassWatch(instrumentation, names.toArray(new String[0]));
        this.reports = OutcomeReport.maker(numbered);
        this.flight = new FlightEvents(watch);
        this.log = options.log() == LogScope.OFF ? null : new AppLog(options.log(), speaker, watch, logFile);
        this.bean = options.jmx() ? new JmxListener(watch, speaker, status, problems) : null;
    }

    void begin() {
        watch.begin();
    }

    /** Writes a line into the application's log, if it is to have any. */
    void say(String line) {
        if (log != null) {
            log.say(line);
        }
    }

    @Override
    public boolean wants(boolean failed) {
        // an appender or listener that speaks TLS itself would hear of its own failure, and fail again
        return !speaker.isSpeaking() && (failed || flight.wantsCompleted() || (log != null && log.wantsCompleted()));
    }

    @Override
    public void ended(HandshakeOutcome outcome) {
        OutcomeReport report = reports.of(outcome);
        flight.ended(report);
        if (!report.failed()) {
            if (log != null && log.wantsCompleted()) {
                log.completed(report);
            }
            return;
        }
        RepeatedFailure problem = problems.add(report);
        if (log != null) {
            log.failed(report);
        }
        if (bean != null && problem.isNew()) {
            bean.newProblem(problem);
        }
    }

    /** Looks what the JVM has by now. Called on the writer's thread when it rests. */
    void tick() {
        long now = System.nanoTime();
        if (now - ticked < TICK_NANOS) {
            return;
        }
        ticked = now;
        flight.tick();
        if (log != null) {
            log.tick();
        }
        if (bean != null) {
            bean.tick();
        }
    }

    /** The JVM ends: what waits is said, or written into our own file. */
    void settle(long nanos) {
        if (log != null) {
            log.end();
        }
        speaker.settle(nanos);
    }

    /** The agent is detached; returns what could not be taken back. */
    List<String> end() throws Exception {
        List<String> warnings = new ArrayList<>();
        watch.end();
        if (log != null) {
            log.end();
        }
        if (!speaker.stop()) {
            warnings.add("a log appender or JMX listener of the application did not return within 5 s; the thread"
                    + " tlscope-listeners ends when it does");
        }
        if (bean != null) {
            bean.end();
        }
        flight.end();
        return warnings;
    }

    /** Lines of status. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        AppLog lineLog = log;
        lines.add(StatusKey.LOG_TARGET.line(lineLog == null ? "off" : lineLog.target()));
        lines.add(StatusKey.LOG_LINES.line(lineLog == null ? 0 : lineLog.written()));
        lines.add(StatusKey.LOG_LEFT.line((lineLog == null ? 0 : lineLog.left()) + speaker.dropped()));
        return lines;
    }

    /** What does not work. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (flight.error() != null) {
            warnings.add(flight.error());
        }
        if (bean != null && bean.error() != null) {
            warnings.add(bean.error());
        }
        if (speaker.failures() > 0) {
            warnings.add(
                    "reporting of failures failed " + speaker.failures() + " times, first: " + speaker.firstFailure());
        }
        return warnings;
    }
}
