package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.socket.EngineAddresses;
import dev.tlscope.agent.socket.EngineSockets;
import dev.tlscope.agent.socket.SocketTaps;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.weave.HookDispatcher;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.WeaveReport;
import dev.tlscope.agent.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hooks of all TLS stacks, from their declaration until their classes have the original bytes back. */
final class ArmedHooks {
    private final Instrumentation instrumentation;
    private final WeaveReport report;
    private final Weaver weaver;
    private final EarlyClasses early;
    private final SocketWeaving sockets;
    private final HookDispatcher dispatcher;

    ArmedHooks(
            Options options,
            Instrumentation instrumentation,
            Recorder recorder,
            NumberedEvents numbered,
            KeyPairCheck pairs) {
        this.instrumentation = instrumentation;
        HookTable table = new HookTable();
        this.report = new WeaveReport(table);
        this.weaver = new Weaver(JavaBase.TAP, table, report);
        this.early = new EarlyClasses(instrumentation, weaver);
        Weaver onDemand = new Weaver(JavaBase.TAP, table, report);
        this.sockets = new SocketWeaving(instrumentation, onDemand);
        EngineSockets found = new EngineSockets();
        EngineAddresses addresses = new EngineAddresses(found);
        StackContext context = new StackContext(options, recorder, numbered, pairs, addresses, early, sockets);
        for (TlsStack stack : Stacks.supported()) {
            stack.declare(table, context);
        }
        new SocketTaps(found, addresses).declare(table);
        Set<String> settings = Collections.singleton(options.setting(Option.SECRETS));
        report.leaveOut(settings);
        weaver.take(table.wanted(settings, false));
        onDemand.take(table.wanted(settings, true));
        this.dispatcher = new HookDispatcher(table, settings, report, System.getProperty("tlscope.test.throw"));
    }

    /** What the Tap calls. */
    HookDispatcher dispatcher() {
        return dispatcher;
    }

    /** Weaves what is loaded, and what will be. */
    void arm() {
        instrumentation.addTransformer(weaver, true);
        new Retransformation(instrumentation, weaver).weave(name -> true);
        sockets.begin();
    }

    /** Nothing more is woven. */
    void stop() {
        early.stop();
        instrumentation.removeTransformer(weaver);
    }

    /**
     * Gives the classes their original bytes back.
     *
     * @return the classes for which that failed and why
     */
    List<String> restore() {
        return new Retransformation(instrumentation, weaver).restore();
    }

    /** The same for the classes of sockets, which may not be woven at all. */
    List<String> restoreSockets() {
        return sockets.stop();
    }

    /** One line for each hook, as {@link WeaveReport#lines}. */
    List<String> lines() {
        return report.lines();
    }

    /** What could not be woven late. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        add(warnings, early.error());
        add(warnings, sockets.error());
        return warnings;
    }

    private static void add(List<String> warnings, @Nullable String warning) {
        if (warning != null) {
            warnings.add(warning);
        }
    }
}
