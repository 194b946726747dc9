package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.THIS;
import static dev.tlscope.agent.weave.Value.THROWN;
import static dev.tlscope.agent.weave.Value.argument;
import static dev.tlscope.agent.weave.Value.callArgument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.List;

/** Hooks for failures that pass by TransportContext.fatal. */
final class CauseHooks {
    static final int ENGINE_CLOSED_EARLY = 100;
    static final int ENGINE_CLOSED_EARLY_8 = 101;
    static final int SOCKET_CLOSED_EARLY = 102;

    static final int TASK_ENDED = 110;
    static final int SOCKET_WRITE_FAILED = 111;
    static final int KEY_REFUSED = 112;
    static final int ENTRY_REFUSED = 113;
    static final int KEY_ASKED = 114;
    static final int KEYS_OPENED = 115;
    static final int SOCKET_HANDSHAKE_THREW = 116;
    static final int TASK_THREW = 117;

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
        // Before JDK 25 it keeps what a task throws for the next wrap or unwrap, and sends no alert.
        table.add(Hook.of(TASK_ENDED, "engine-task-ended", engine + "$DelegatedTask", "run", Where.EXIT, "()V")
                .pass(THIS));
        // A write that fails after the handshake passes by fatal: it may be how TLS 1.3 tells that we were refused.
        table.add(Hook.of(
                        SOCKET_WRITE_FAILED,
                        "socket-write-failed",
                        "sun/security/ssl/SSLSocketImpl$AppOutputStream",
                        "write",
                        Where.THROW,
                        "([BII)V")
                .pass(THIS, THROWN));
        // An Error of the application's, out of a manager that JSSE asked, passes by all that JSSE does about
        // exceptions.
        table.add(Hook.of(TASK_THREW, "engine-task-threw", engine + "$DelegatedTask", "run", Where.THROW, "()V")
                .pass(THIS, THROWN));
        table.add(Hook.of(
                        SOCKET_HANDSHAKE_THREW,
                        "socket-handshake-threw",
                        "sun/security/ssl/SSLSocketImpl",
                        "startHandshake",
                        Where.THROW,
                        "(Z)V",
                        "()V")
                .pass(THIS, THROWN));
        keyStores(table);
    }

    /** Where a key manager opens its keys: SunX509 when it is made, PKIX when a handshake first asks, and then in silence. */
    private static void keyStores(List<Hook> table) {
        String store = "java/security/KeyStore";
        String factory = "sun/security/ssl/KeyManagerFactoryImpl$SunX509";
        String init = "(Ljava/security/KeyStore;[C)V";
        table.add(Hook.of(
                        KEY_ASKED,
                        "key-asked",
                        "sun/security/ssl/SunX509KeyManagerImpl",
                        "<init>",
                        Where.BEFORE_CALL,
                        init)
                .inside("getKey")
                .pass(callArgument(0)));
        table.add(Hook.of(KEY_REFUSED, "key-refused", factory, "engineInit", Where.THROW, init)
                .pass(argument(0), THROWN));
        table.add(Hook.of(KEYS_OPENED, "keys-opened", factory, "engineInit", Where.EXIT, init));
        table.add(Hook.of(
                        ENTRY_REFUSED,
                        "entry-refused",
                        store,
                        "getEntry",
                        Where.THROW,
                        "(Ljava/lang/String;Ljava/security/KeyStore$ProtectionParameter;)Ljava/security/KeyStore$Entry;")
                .pass(THIS, argument(0), THROWN));
    }
}
