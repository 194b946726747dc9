package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.inventory.TlsInventory;
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
import dev.tlscope.agent.weave.SubclassWeaver;
import dev.tlscope.agent.weave.WeaveReport;
import dev.tlscope.agent.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hooks of all TLS stacks, from their declaration until their classes have their original bytes again. */
final class ArmedHooks {
    private final Instrumentation instrumentation;
    private final WeaveReport report;
    private final Weaver weaver;
    private final EarlyClasses early;
    private final SocketWeaving sockets;
    private final ForeignClasses foreign;
    private final HookDispatcher dispatcher;
    private final StackContext context;

    ArmedHooks(
            Options options,
            Instrumentation instrumentation,
            Recorder recorder,
            NumberedEvents numbered,
            KeyPairCheck pairs,
            TlsInventory inventory) {
        this.instrumentation = instrumentation;
        HookTable table = new HookTable();
        this.report = new WeaveReport(table);
        this.weaver = new Weaver(JavaBase.TAP, table, report);
        this.early = new EarlyClasses(instrumentation, weaver);
        Weaver onDemand = new Weaver(JavaBase.TAP, table, report);
        this.sockets = new SocketWeaving(instrumentation, onDemand);
        SubclassWeaver subclasses = new SubclassWeaver(JavaBase.FOREIGN_TAP, table, report);
        this.foreign = new ForeignClasses(instrumentation, inventory, recorder, subclasses);
        EngineSockets found = new EngineSockets();
        EngineAddresses addresses = new EngineAddresses(found);
        this.context = new StackContext(options, recorder, numbered, pairs, addresses, foreign, early, sockets);
        for (TlsStack stack : Stacks.supported()) {
            stack.declare(table, context);
        }
        new SocketTaps(found, addresses).declare(table);
        Set<String> settings = Collections.singleton(options.setting(Option.SECRETS));
        report.leaveOut(settings);
        weaver.take(table.wanted(settings, false));
        onDemand.take(table.wanted(settings, true));
        subclasses.hooks(table.forSubclasses(settings));
        this.dispatcher = new HookDispatcher(table, settings, report, System.getProperty("tlscope.test.throw"));
    }

    /** The object that the Tap calls. */
    HookDispatcher dispatcher() {
        return dispatcher;
    }

    /**
     * Weaves the loaded classes, and those that will be loaded.
     *
     * @param scans whether to look for TLS implementations among the loaded classes
     */
    void arm(boolean scans) {
        instrumentation.addTransformer(weaver, true);
        new Retransformation(instrumentation, weaver).weave(name -> true);
        sockets.begin();
        if (scans) {
            foreign.begin();
        }
    }

    /** Stops weaving. */
    void stop() {
        context.end();
        early.stop();
        instrumentation.removeTransformer(weaver);
    }

    /**
     * Restores the original bytes of the classes.
     *
     * @return the classes for which that failed, with the reason
     */
    List<String> restore() {
        return new Retransformation(instrumentation, weaver).restore();
    }

    /** Restores the original bytes of the applications' classes that were woven. */
    List<String> restoreForeign() {
        return foreign.stop();
    }

    /** Restores the original bytes of the socket classes, if they were woven. */
    List<String> restoreSockets() {
        return sockets.stop();
    }

    /** One line for each hook, as {@link WeaveReport#lines}. */
    List<String> lines() {
        return report.lines();
    }

    /** Warnings about hooks that could not be woven later. */
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
