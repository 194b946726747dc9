package dev.tlscope.agent.control;

import dev.tlscope.agent.config.KeepScope;
import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.config.OutDirectory;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Counters;
import dev.tlscope.agent.record.EventSink;
import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.sink.CaptureFileSet;
import dev.tlscope.agent.sink.Spool;
import dev.tlscope.agent.socket.EngineAddresses;
import dev.tlscope.agent.socket.EngineSockets;
import dev.tlscope.agent.socket.SocketTaps;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.weave.HookDispatcher;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.WeaveReport;
import dev.tlscope.agent.weave.Weaver;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** One attach, from start to detach: puts the parts together, arms them, and takes them down again. */
final class Session {
    private final Options options;
    private final TargetJvm jvm;
    private final Recorder recorder;
    private final KeyPairCheck pairs;
    private final CaptureFileSet files;
    private final Spool spool;
    private final WeaveReport report;
    private final HookDispatcher dispatcher;
    private final Weaver weaver;
    private final EarlyClasses early;
    private final SocketWeaving engines;
    private final Instrumentation instrumentation;
    private final TapFields tap;
    private final JvmstatCounter beacon;
    private final ShutdownFlush ending;

    private Session(Options options, Path out, Instrumentation instrumentation, boolean premain)
            throws ReflectiveOperationException, IOException {
        this.options = options;
        this.instrumentation = instrumentation;
        this.jvm = new TargetJvm();
        // The spool needs the recorder's counters and the recorder the spool: the outlet closes the ring.
        LateSink sink = new LateSink();
        this.recorder = new Recorder(sink, options.keep() == KeepScope.ALL);
        this.pairs = new KeyPairCheck(recorder);
        long started = recorder.started();
        NumberedEvents numbered = new NumberedEvents(recorder);
        this.files = new CaptureFileSet(
                out,
                jvm.filePrefix(started),
                options.rotate(),
                options.files(),
                () -> jvm.captureEvent(started, options, premain ? "-javaagent" : "attach"),
                numbered);
        this.spool = new Spool(files, recorder.counters().dropped, recorder::sweep);
        sink.spool = spool;
        Set<String> settings = Collections.singleton("secrets=" + (options.secrets() ? "on" : "off"));
        HookTable table = new HookTable();
        this.report = new WeaveReport(table);
        this.weaver = new Weaver(JavaBase.TAP, table, report);
        this.early = new EarlyClasses(instrumentation, weaver);
        Weaver onDemand = new Weaver(JavaBase.TAP, table, report);
        this.engines = new SocketWeaving(instrumentation, onDemand);
        EngineSockets sockets = new EngineSockets();
        EngineAddresses addresses = new EngineAddresses(sockets);
        StackContext context = new StackContext(options, recorder, numbered, pairs, addresses, early, engines);
        for (TlsStack stack : Stacks.supported()) {
            stack.declare(table, context);
        }
        new SocketTaps(sockets, addresses).declare(table);
        report.leaveOut(settings);
        weaver.take(table.wanted(settings, false));
        onDemand.take(table.wanted(settings, true));
        this.dispatcher = new HookDispatcher(table, settings, report, System.getProperty("tlscope.test.throw"));
        Set<String> packages = Stacks.packages();
        packages.add(JvmstatCounter.PACKAGE);
        JavaBase.open(instrumentation, packages);
        this.tap = new TapFields(JavaBase.tap());
        this.beacon = JvmstatCounter.of(tap);
        this.ending = new ShutdownFlush(recorder, spool);
    }

    /** Prepares everything, then arms the hooks; on a failure nothing of it stays. */
    static Session start(Options options, Instrumentation instrumentation, boolean premain)
            throws ReflectiveOperationException, IOException, OptionException {
        Session session = new Session(options, OutDirectory.prepare(options.out()), instrumentation, premain);
        session.spool.start();
        try {
            session.tap.handler(session.dispatcher);
            session.instrumentation.addTransformer(session.weaver, true);
            new Retransformation(instrumentation, session.weaver).weave(name -> true);
            session.engines.begin();
        } catch (Throwable t) {
            session.end();
            throw t;
        }
        session.ending.watch();
        session.beacon.show(session.version() + " since " + session.jvm.since());
        return session;
    }

    Options options() {
        return options;
    }

    private String version() {
        return jvm.version();
    }

    /** {@code key=value} lines, as the attach client reads them. */
    List<String> status() {
        Counters counters = recorder.counters();
        List<String> lines = new ArrayList<>();
        lines.add("version=" + version());
        lines.add("jdk=" + jvm.jdk());
        lines.add("since=" + jvm.since());
        lines.add("out=" + options.out());
        lines.add("secrets=" + (options.secrets() ? "on" : "off"));
        lines.add("keep=" + options.keep().name().toLowerCase(java.util.Locale.ROOT));
        lines.add("records=" + options.records().name().toLowerCase(java.util.Locale.ROOT));
        lines.add("connections=" + counters.connections);
        lines.add("handshakes=" + counters.handshakes);
        lines.add("failed=" + counters.failed);
        lines.add("alerts.received=" + counters.alertsReceived);
        lines.add("alerts.sent=" + counters.alertsSent);
        lines.add("dropped=" + counters.dropped);
        lines.add("bytes=" + files.bytes());
        lines.add("deleted=" + files.deleted());
        lines.add("errors=" + (dispatcher.errors() + spool.failures()));
        for (String path : files.files()) {
            lines.add("file=" + path);
        }
        for (String hook : report.lines()) {
            lines.add("hook=" + hook);
        }
        if (dispatcher.firstError() != null) {
            lines.add("warning=tlscope's own code failed " + dispatcher.errors() + " times, first: "
                    + dispatcher.firstError());
        }
        if (spool.firstFailure() != null) {
            lines.add("warning=tlscope's own code failed " + spool.failures() + " times on the writer's thread, first: "
                    + spool.firstFailure());
        }
        if (spool.isLost()) {
            lines.add("warning=capture stopped: the writer's thread has ended; detach and attach again");
        }
        if (early.error() != null) {
            lines.add("warning=" + early.error());
        }
        if (engines.error() != null) {
            lines.add("warning=" + engines.error());
        }
        if (spool.error() != null) {
            lines.add("warning=" + spool.error());
        }
        if (files.lost() > 0) {
            lines.add("warning=" + files.lost()
                    + " capture files were removed or replaced while they were written; what was in them is lost");
        }
        for (String warning : pairs.warnings()) {
            lines.add("warning=" + warning);
        }
        return lines;
    }

    /** Detaches: original bytes back, files closed, and gives the last status. */
    List<String> stop() {
        List<String> warnings = end();
        List<String> lines = new ArrayList<>(status());
        lines.addAll(warnings);
        return lines;
    }

    /** Takes everything down, whatever fails on the way; the result are warnings of that. */
    private List<String> end() {
        List<String> warnings = new ArrayList<>();
        step(warnings, ending::ignore);
        step(warnings, () -> tap.handler(null));
        step(warnings, early::stop);
        step(warnings, () -> instrumentation.removeTransformer(weaver));
        step(warnings, () -> tellWoven(warnings, new Retransformation(instrumentation, weaver).restore()));
        step(warnings, () -> tellWoven(warnings, engines.stop()));
        step(warnings, recorder::closeAll);
        step(warnings, spool::stop);
        step(warnings, () -> beacon.show(""));
        return warnings;
    }

    private static void step(List<String> warnings, Step step) {
        try {
            step.run();
        } catch (Throwable t) {
            warnings.add("warning=a step of the detach failed: " + t);
        }
    }

    private static void tellWoven(List<String> warnings, List<String> failed) {
        for (String failure : failed) {
            warnings.add("warning=a class was not given its original bytes back, what is woven into it does nothing: "
                    + failure);
        }
    }

    private interface Step {
        void run() throws ReflectiveOperationException;
    }

    private static final class LateSink implements EventSink {
        private @org.jspecify.annotations.Nullable Spool spool;

        @Override
        public void offer(QueuedEvent queued) {
            if (spool != null) {
                spool.offer(queued);
            }
        }
    }
}
