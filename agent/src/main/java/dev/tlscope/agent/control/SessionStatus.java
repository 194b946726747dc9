package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.inventory.TlsClass;
import dev.tlscope.agent.inventory.TlsInventory;
import dev.tlscope.agent.inventory.TlsKind;
import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Counters;
import dev.tlscope.agent.sink.CaptureFileSet;
import dev.tlscope.agent.sink.Spool;
import dev.tlscope.agent.status.StatusKey;
import dev.tlscope.agent.status.TlsClassLine;
import dev.tlscope.agent.weave.HookDispatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session's answer to {@code status}. */
final class SessionStatus {
    private final Options options;
    private final TargetJvm jvm;
    private final String by;
    private final Counters counters;
    private final CaptureFileSet files;
    private final Spool spool;
    private final ArmedHooks hooks;
    private final KeyPairCheck pairs;
    private final TlsInventory inventory;
    private @Nullable OutcomeHub hub;

    SessionStatus(
            Options options,
            TargetJvm jvm,
            String by,
            Counters counters,
            CaptureFileSet files,
            Spool spool,
            ArmedHooks hooks,
            KeyPairCheck pairs,
            TlsInventory inventory) {
        this.options = options;
        this.jvm = jvm;
        this.by = by;
        this.counters = counters;
        this.files = files;
        this.spool = spool;
        this.hooks = hooks;
        this.pairs = pairs;
        this.inventory = inventory;
    }

    /** Sets who tells of failures, which itself asks for the status. */
    void hub(OutcomeHub telling) {
        hub = telling;
    }

    /** {@code key=value} lines, as the attach client reads them. */
    List<String> lines() {
        HookDispatcher dispatcher = hooks.dispatcher();
        List<String> lines = new ArrayList<>();
        lines.add(StatusKey.VERSION.line(jvm.version()));
        lines.add(StatusKey.JDK.line(jvm.jdk()));
        lines.add(StatusKey.SINCE.line(jvm.since()));
        lines.add(StatusKey.BY.line(by));
        lines.add(StatusKey.OUT.line(options.out()));
        lines.add(StatusKey.SECRETS.line(options.text(Option.SECRETS)));
        lines.add(StatusKey.SEAL.line(options.text(Option.SEAL)));
        lines.add(StatusKey.KEEP.line(options.text(Option.KEEP)));
        lines.add(StatusKey.RECORDS.line(options.text(Option.RECORDS)));
        lines.add(StatusKey.FOR.line(options.text(Option.FOR)));
        lines.add(StatusKey.CONNECTIONS.line(counters.connections));
        lines.add(StatusKey.HANDSHAKES.line(counters.handshakes));
        lines.add(StatusKey.FAILED.line(counters.failed));
        lines.add(StatusKey.REPEATED.line(counters.repeated));
        lines.add(StatusKey.ENDED.line(counters.ended));
        lines.add(StatusKey.ALERTS_RECEIVED.line(counters.alertsReceived));
        lines.add(StatusKey.ALERTS_SENT.line(counters.alertsSent));
        lines.add(StatusKey.DROPPED.line(counters.dropped));
        lines.add(StatusKey.BYTES.line(files.bytes()));
        lines.add(StatusKey.DELETED.line(files.deleted()));
        lines.add(StatusKey.LOG.line(options.text(Option.LOG)));
        OutcomeHub telling = hub;
        if (telling != null) {
            lines.addAll(telling.lines());
        }
        lines.add(StatusKey.JMX.line(options.text(Option.JMX)));
        lines.add(StatusKey.ERRORS.line(dispatcher.errors() + spool.failures()));
        for (String path : files.files()) {
            lines.add(StatusKey.FILE.line(path));
        }
        for (TlsClass used : inventory.all()) {
            lines.add(StatusKey.TLS.line(line(used)));
        }
        for (String hook : hooks.lines()) {
            lines.add(StatusKey.HOOK.line(hook));
        }
        for (String warning : warnings(dispatcher)) {
            lines.add(StatusKey.WARNING.line(warning));
        }
        return lines;
    }

    /** Where the stack was full, or memory was short, there was no room for the reason either. */
    private static String known(@Nullable String first) {
        return first == null ? "a full stack, or no memory" : first;
    }

    private static String line(TlsClass used) {
        String since = Instant.ofEpochSecond(used.since() / 1_000_000_000L).toString();
        return TlsClassLine.of(
                used.kind() == TlsKind.CONTEXT ? "-" : used.visibility().text(),
                used.kind().text(),
                used.name(),
                since,
                used.source(),
                used.reason());
    }

    private List<String> warnings(HookDispatcher dispatcher) {
        List<String> warnings = new ArrayList<>();
        if (dispatcher.errors() > 0) {
            warnings.add("tlscope's own code failed " + dispatcher.errors() + " times, first: "
                    + known(dispatcher.firstError()));
        }
        if (spool.failures() > 0) {
            warnings.add("tlscope's own code failed " + spool.failures() + " times on the writer's thread, first: "
                    + known(spool.firstFailure()));
        }
        if (spool.isLost()) {
            warnings.add("capture stopped: the writer's thread has ended; detach and attach again");
        }
        warnings.addAll(hooks.warnings());
        String error = spool.error();
        if (error != null) {
            warnings.add(error);
        }
        if (files.lost() > 0) {
            warnings.add(
                    files.lost()
                            + " capture files were removed, replaced or cut short while they were written, by hand, by logrotate's"
                            + " copytruncate or by another JVM for the directory's limit (options files and disk); what was in them is lost");
        }
        warnings.addAll(pairs.warnings());
        if (hub != null) {
            warnings.addAll(hub.warnings());
        }
        return warnings;
    }
}
