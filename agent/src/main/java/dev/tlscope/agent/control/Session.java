package dev.tlscope.agent.control;

import dev.tlscope.agent.config.KeepScope;
import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.config.OutDirectory;
import dev.tlscope.agent.inventory.TlsInventory;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.EventSink;
import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.sink.CaptureFileSet;
import dev.tlscope.agent.sink.DirectoryLimit;
import dev.tlscope.agent.sink.Spool;
import dev.tlscope.agent.status.StatusKey;
import dev.tlscope.capture.Event;
import dev.tlscope.seal.Recipient;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attach, from start to detach: creates the parts and connects them, arms the hooks, and removes everything again.
 */
final class Session {
    private final Options options;
    private final TargetJvm jvm = new TargetJvm();
    private final Recorder recorder;
    private final Spool spool;
    private final ArmedHooks hooks;
    private final SessionStatus status;
    private final OutcomeHub hub;
    private final TapFields tap;
    private final JvmstatCounter counter;
    private final ShutdownFlush shutdown;
    private final Expiry expiry;
    private final AskedByFile asked;

    /** Whether the counter shows this session. */
    private volatile boolean shown;

    private boolean showsInterruption;

    private Session(
            Options options, Path out, @Nullable Recipient recipient, Instrumentation instrumentation, String by)
            throws ReflectiveOperationException, IOException {
        this.options = options;
        // The spool needs the recorder's counters, and the recorder needs the spool.
        LateSink sink = new LateSink();
        this.recorder = new Recorder(sink, options.keep() == KeepScope.ALL);
        KeyPairCheck pairs = new KeyPairCheck(recorder);
        NumberedEvents numbered = new NumberedEvents(recorder);
        TlsInventory inventory = new TlsInventory();
        long started = recorder.started();
        String prefix = jvm.filePrefix(started);
        this.asked = new AskedByFile(out, prefix, instrumentation);
        CaptureFileSet files = new CaptureFileSet(
                out,
                prefix,
                options.rotate(),
                new DirectoryLimit(out, options.files(), options.disk()),
                () -> opening(jvm.captureEvent(started, options, by), inventory),
                () -> recorder.counters().event(recorder.now()),
                numbered,
                recipient);
        this.spool = new Spool(files, recorder.counters().dropped, this::keepHouse);
        sink.spool = spool;
        this.hooks = new ArmedHooks(options, instrumentation, recorder, numbered, pairs, inventory);
        this.status = new SessionStatus(options, jvm, by, recorder.counters(), files, spool, hooks, pairs, inventory);
        this.hub = new OutcomeHub(
                options,
                instrumentation,
                numbered,
                this::status,
                out.resolve(prefix.substring(0, prefix.length() - 1) + ".log"));
        status.hub(hub);
        recorder.listener(hub);
        Set<String> packages = Stacks.packages();
        packages.add(JvmstatCounter.PACKAGE);
        JavaBase.open(instrumentation, packages);
        this.tap = new TapFields(JavaBase.tap());
        JavaBase.fields();
        this.counter = JvmstatCounter.of(tap);
        this.shutdown = new ShutdownFlush(recorder, spool, hub);
        this.expiry = new Expiry(options.seconds(), started, instrumentation);
    }

    /**
     * Prepares everything, then arms the hooks; if that fails, removes everything again.
     *
     * @param by how the agent came into the JVM
     * @param scans whether to look for TLS implementations among the loaded classes
     */
    static Session start(Options options, Instrumentation instrumentation, String by, boolean scans)
            throws ReflectiveOperationException, IOException, OptionException {
        Recipient recipient = Sealing.recipient(options);
        Session session = new Session(options, OutDirectory.prepare(options.out()), recipient, instrumentation, by);
        session.hub.begin();
        session.spool.start();
        try {
            session.tap.handler(new TapHandler(session.hooks.dispatcher()));
            session.hooks.arm(scans);
        } catch (Throwable t) {
            session.end();
            throw t;
        }
        keepClasses();
        session.shutdown.watch();
        if (options.secrets()) {
            session.hub.say(
                    "tlscope captures TLS with secrets to " + options.out() + " (" + options.setting(Option.KEEP) + ", "
                            + options.setting(Option.RECORDS) + ", " + options.setting(Option.SEAL) + "): " + by);
        }
        session.show();
        session.shown = true;
        session.expiry.start();
        return session;
    }

    Options options() {
        return options;
    }

    /** When it began, nanoseconds since 1970-01-01T00:00:00Z: tells it from later ones. */
    long since() {
        return recorder.started();
    }

    /** {@code key=value} lines, as the attach client reads them. */
    List<String> status() {
        return status.lines();
    }

    /** Detaches: restores the original bytes of the classes and closes the files; returns the last status. */
    List<String> stop() {
        List<String> warnings = end();
        List<String> lines = new ArrayList<>(status());
        for (String warning : warnings) {
            lines.add(StatusKey.WARNING.line(warning));
        }
        return lines;
    }

    /** Removes everything, even if a step fails; returns warnings about failed steps. */
    private List<String> end() {
        List<String> warnings = new ArrayList<>();
        step(warnings, expiry::cancel);
        step(warnings, shutdown::ignore);
        step(warnings, () -> tap.handler(null));
        step(warnings, hooks::stop);
        step(warnings, () -> addWoven(warnings, hooks.restore()));
        step(warnings, () -> addWoven(warnings, hooks.restoreSockets()));
        step(warnings, () -> addWoven(warnings, hooks.restoreForeign()));
        step(warnings, recorder::closeAll);
        step(warnings, spool::stop);
        step(warnings, () -> warnings.addAll(hub.end()));
        shown = false;
        step(warnings, () -> counter.show("", ""));
        return warnings;
    }

    private static List<Event> opening(Event capture, TlsInventory inventory) {
        List<Event> events = new ArrayList<>();
        events.add(capture);
        events.addAll(inventory.events());
        return events;
    }

    /** What an attach client reads: {@code dev.tlscope.cli.AgentMark}. */
    private void show() {
        showsInterruption = spool.isInterrupted();
        counter.show(
                jvm.version() + (showsInterruption ? ", writing nothing at present (see status)," : "") + " since "
                        + jvm.since() + " by " + jvm.filePrefix(since()),
                " to " + options.out());
    }

    /** From now on nothing needs the jar, which may be overwritten: a detach must not stop half-way. */
    private static void keepClasses() {
        ClassLoader loader = Session.class.getClassLoader();
        if (loader instanceof Runnable) { // not one that an earlier version left in the JVM
            ((Runnable) loader).run();
        }
    }

    private void keepHouse() {
        asked.look();
        recorder.sweep();
        if (hub != null) { // the writer may begin while the constructor ends
            hub.tick();
        }
        if (shown && showsInterruption != spool.isInterrupted()) {
            show();
        }
    }

    private static void step(List<String> warnings, Step step) {
        try {
            step.run();
        } catch (Throwable t) {
            warnings.add("a step of the detach failed: " + t);
        }
    }

    private static void addWoven(List<String> warnings, List<String> failed) {
        for (String failure : failed) {
            warnings.add(
                    "the original bytes of a class were not restored; what is woven into it does nothing: " + failure);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Passes events to the spool, which is created after the recorder. */
    private static final class LateSink implements EventSink {
        private @Nullable Spool spool;

        @Override
        public void offer(QueuedEvent queued) {
            if (spool != null) {
                spool.offer(queued);
            }
        }
    }
}
