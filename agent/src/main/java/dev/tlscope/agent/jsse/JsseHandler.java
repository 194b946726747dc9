package dev.tlscope.agent.jsse;

import dev.tlscope.agent.key.KeyPairCheck;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.WeaveReport;
import java.security.AccessController;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What the Tap calls: sends each hook's values to the code that reads them. Private loader, application's threads,
 * inside JSSE. A failure stays here: it is counted, and a hook that fails again and again is disarmed.
 */
public final class JsseHandler implements BiConsumer<Integer, Object[]> {
    private static final int ERRORS_UNTIL_DISARMED = 8;

    private final Hook[] hooks = new Hook[JsseHooks.COUNT];
    private final AtomicIntegerArray errorsOfHook = new AtomicIntegerArray(JsseHooks.COUNT);
    private final AtomicInteger errors = new AtomicInteger();
    private final WeaveReport report;
    private final Runnable connectionMade;
    private final Runnable engineMade;
    private final ConnectionTaps connections;
    private final MessageTaps messages;
    private final FailureTaps failures;
    private final SocketTaps sockets;
    private final RecordTaps records;
    private final SecretDispatch secrets;
    private final KeyTaps keys;
    private final KeyStoreTaps keyStores;
    private final @Nullable String throwIn;
    private volatile @Nullable String firstError;

    /**
     * @param secrets whether secrets are taken at all
     * @param records which wire records are taken
     * @param connectionMade called for each connection that is made
     * @param engineMade called for each SSLEngine that is made
     * @param throwIn id of the hook that throws, * for all, to prove that nothing comes of it; null outside tests
     */
    public JsseHandler(
            Recorder recorder,
            KeyPairCheck pairs,
            ConfigurationBook book,
            boolean secrets,
            RecordScope records,
            WeaveReport report,
            Runnable connectionMade,
            Runnable engineMade,
            @Nullable String throwIn) {
        for (Hook hook : JsseHooks.ALL) {
            hooks[hook.number()] = hook;
        }
        this.report = report;
        this.connectionMade = connectionMade;
        this.engineMade = engineMade;
        this.throwIn = throwIn;
        this.connections = new ConnectionTaps(recorder, book);
        EngineSockets found = new EngineSockets();
        AddressTaps addresses = new AddressTaps(connections, found);
        this.records = new RecordTaps(connections, records);
        this.messages = new MessageTaps(connections, addresses, recorder, this.records);
        this.failures = new FailureTaps(connections, recorder, this.records);
        this.sockets = new SocketTaps(found, addresses, failures);
        this.secrets = new SecretDispatch(connections, recorder, secrets);
        this.keys = new KeyTaps(connections, pairs);
        this.keyStores = new KeyStoreTaps(recorder);
    }

    @Override
    public void accept(Integer number, Object[] values) {
        int hook = number;
        if (errorsOfHook.get(hook) >= ERRORS_UNTIL_DISARMED) {
            return;
        }
        try {
            if (throwIn != null && (throwIn.equals("*") || throwIn.equals(hooks[hook].id()))) {
                throw new AssertionError("planted by a test");
            }
            if (System.getSecurityManager() == null) {
                dispatch(hook, values);
            } else {
                dispatchPrivileged(hook, values);
            }
        } catch (Throwable t) {
            failed(hook, t);
        }
    }

    /** For a SecurityManager (JDK 8 to 23): the application's code is on the stack, and may do less than we. */
    private void dispatchPrivileged(int hook, Object[] values) throws PrivilegedActionException {
        AccessController.doPrivileged((PrivilegedExceptionAction<@Nullable Object>) () -> {
            dispatch(hook, values);
            return null;
        });
    }

    /** Failures of our own code since the attach. */
    public int errors() {
        return errors.get();
    }

    /** The first of them, in one line; null when there is none. */
    public @Nullable String firstError() {
        return firstError;
    }

    private void failed(int hook, Throwable t) {
        errors.incrementAndGet();
        if (firstError == null) {
            StackTraceElement[] stack = t.getStackTrace();
            firstError = hooks[hook].id() + ": " + t + (stack.length > 0 ? " at " + stack[0] : "");
        }
        if (errorsOfHook.incrementAndGet(hook) == ERRORS_UNTIL_DISARMED) {
            report.disarm(hooks[hook], "after " + ERRORS_UNTIL_DISARMED + " failures, the last: " + t);
        }
    }

    private void dispatch(int hook, Object[] v) throws ReflectiveOperationException {
        if (SecretHooks.owns(hook)) {
            secrets.accept(hook, v);
            return;
        }
        if (SocketHooks.owns(hook)) {
            sockets.accept(hook, v);
            return;
        }
        switch (hook) {
            case JsseHooks.CONTEXT_MADE:
                connectionMade.run();
                connections.made(v[0]);
                if (Jsse.transport(v[0]) instanceof SSLEngine) {
                    engineMade.run();
                }
                break;
            case JsseHooks.DISPATCH:
                messages.received(v[0], v[1]);
                break;
            case JsseHooks.FATAL:
                failures.fatal(v[0], v[1], (String) v[2], (Boolean) v[3], (Throwable) v[4]);
                keys.leave();
                break;
            case JsseHooks.KICKSTART:
            case JsseHooks.WARNING:
                connections.begins(v[0]);
                break;
            case JsseHooks.HANDSHAKE_FINISHED:
                messages.finished(v[0]);
                secrets.handshakeFinished(v[0]);
                break;
            case JsseHooks.SOCKET_HANDSHAKE_OUT:
            case JsseHooks.ENGINE_HANDSHAKE_OUT:
            case JsseHooks.DTLS_HANDSHAKE_OUT:
                messages.sent(v[0], (byte[]) v[1], (Integer) v[2], (Integer) v[3]);
                break;
            case JsseHooks.SOCKET_ALERT_OUT:
            case JsseHooks.ENGINE_ALERT_OUT:
            case JsseHooks.DTLS_ALERT_OUT:
                messages.alertSent(v[0], (Byte) v[1], (Byte) v[2]);
                break;
            case JsseHooks.SOCKET_CCS_OUT:
            case JsseHooks.ENGINE_CCS_OUT:
            case JsseHooks.DTLS_CCS_OUT:
                messages.changeCipherSpecSent(v[0]);
                break;
            case JsseHooks.SOCKET_TIMEOUT:
                failures.timedOut(v[0], (Throwable) v[1]);
                break;
            case JsseHooks.INPUT_CLOSED:
            case JsseHooks.OUTPUT_CLOSED:
                failures.recordClosed(v[0]);
                break;
            default:
                if (KeyChoiceHooks.owns(hook)) {
                    keys.chosen(v[0], v[1], (Principal[]) v[2], (String) v[3]);
                } else if (!records.dispatch(hook, v)) {
                    dispatchKeys(hook, v);
                }
        }
    }

    private void dispatchKeys(int hook, Object[] v) {
        switch (hook) {
            case JsseHooks.SERVER_ALIAS:
            case JsseHooks.SERVER_ALIAS_11:
            case JsseHooks.CLIENT_ALIAS:
            case JsseHooks.CLIENT_ALIAS_11:
                keys.aliasChosen(v[0], (String) v[1]);
                break;
            case JsseHooks.SERVER_POSSESSION:
            case JsseHooks.SERVER_POSSESSION_11:
            case JsseHooks.CLIENT_POSSESSION:
            case JsseHooks.CLIENT_POSSESSION_11:
                keys.possession(v[0], v[1]);
                break;
            case JsseHooks.PREMASTER_DECODE:
                keys.enter(v[0]);
                break;
            case JsseHooks.PREMASTER_DECODED:
                keys.leave();
                break;
            case JsseHooks.PREMASTER_UNPAD:
                keys.premasterPadding((byte[]) v[0], (Integer) v[1], (Integer) v[2]);
                break;
            case JsseHooks.PREMASTER_CHECK:
                keys.premaster((Integer) v[0], (Integer) v[1], (byte[]) v[2], (Boolean) v[3]);
                break;
            case CauseHooks.ENGINE_CLOSED_EARLY:
                failures.closedEarly(Jsse.contextOfEngine(v[0]));
                break;
            case CauseHooks.ENGINE_CLOSED_EARLY_8:
                break; // fatal follows, and tells it
            case CauseHooks.SOCKET_CLOSED_EARLY:
                failures.closedEarly(Jsse.contextOfSocket(v[0]));
                break;
            case CauseHooks.TASK_ENDED:
                failures.taskEnded(Jsse.engineOfTask(v[0]));
                keys.leave();
                break;
            case CauseHooks.SOCKET_WRITE_FAILED:
                failures.writeFailed(Jsse.socketOfStream(v[0]), (Throwable) v[1]);
                break;
            case CauseHooks.SOCKET_HANDSHAKE_THREW:
                failures.threw(Jsse.contextOfSocket(v[0]), (Throwable) v[1]);
                break;
            case CauseHooks.TASK_THREW:
                failures.threw(Jsse.contextOfEngine(Jsse.engineOfTask(v[0])), (Throwable) v[1]);
                keys.leave();
                break;
            case CauseHooks.KEY_ASKED:
                keyStores.asked((String) v[0]);
                break;
            case CauseHooks.KEYS_OPENED:
                keyStores.opened();
                break;
            case CauseHooks.KEY_REFUSED:
                keyStores.refused((KeyStore) v[0], keyStores.opened(), (Throwable) v[1]);
                break;
            case CauseHooks.ENTRY_REFUSED:
                keyStores.refused((KeyStore) v[0], (String) v[1], (Throwable) v[2]);
                break;
            default:
                throw new IllegalStateException("no hook has number " + hook);
        }
    }
}
