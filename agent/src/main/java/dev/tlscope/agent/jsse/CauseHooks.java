package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.THIS;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.List;

/** Hooks for failures that pass by TransportContext.fatal. */
final class CauseHooks {
    static final int ENGINE_CLOSED_EARLY = 100;
    static final int ENGINE_CLOSED_EARLY_8 = 101;
    static final int SOCKET_CLOSED_EARLY = 102;

    private CauseHooks() {}

    static void add(List<Hook> table) {
        String engine = "sun/security/ssl/SSLEngineImpl";
        // Where it makes the exception "closing inbound before receiving peer's close_notify", and only there.
        table.add(Hook.of(ENGINE_CLOSED_EARLY, "engine-closed-early", engine, "closeInbound", Where.BEFORE_CALL, "()V")
                .inside("<init>")
                .pass(THIS));
        // JDK 8 sends an alert there, which the hook in fatal sees.
        table.add(
                Hook.of(ENGINE_CLOSED_EARLY_8, "engine-closed-early", engine, "closeInbound", Where.BEFORE_CALL, "()V")
                        .inside("fatal")
                        .pass(THIS));
        table.add(Hook.of(
                        SOCKET_CLOSED_EARLY,
                        "socket-closed-early",
                        "sun/security/ssl/SSLSocketImpl",
                        "shutdownInput",
                        Where.BEFORE_CALL,
                        "(Z)V")
                .inside("<init>")
                .pass(THIS));
    }
}
