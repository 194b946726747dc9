package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.socket.EngineAddresses;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a library above the engine rejects as not TLS, and does not pass to the engine: Netty's SslHandler throws
 * NotSslRecordException with all of them in hexadecimal, and closes the engine on the same thread.
 */
final class PlaintextTaps {
    /** The beginning of SslHandler's message in all versions since 4.0. */
    private static final String NOT_TLS = "not an SSL/TLS record: ";

    private static final int MOST_BYTES = 1024;
    private static final int MOST_WORDS = 200;

    private final ConnectionTaps connections;
    private final RecordScope scope;
    private final EngineAddresses addresses;
    private final StackContext stack;
    private final LatestThrown latest = new LatestThrown();

    PlaintextTaps(ConnectionTaps connections, StackContext stack) {
        this.connections = connections;
        this.stack = stack;
        this.scope = stack.records;
        this.addresses = stack.addresses;
    }

    void declare(HookTable table) {
        table.on("javax.net.ssl.SSLException", "<init>", EXIT, "(" + STRING + ")V")
                .named("exception-made")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> made(a, (String) b));
    }

    private void made(Object thrown, @Nullable String message) {
        if (message != null && message.startsWith(NOT_TLS)) {
            latest.add(
                    RefusedNameTaps.thread(),
                    stack.recorder.now(),
                    thrown.getClass().getName() + ": " + message);
        }
    }

    /** Called when SSLEngineImpl.closeOutbound begins. */
    void engineClosing(Object context) {
        Connection known = stack.recorder.find(context);
        String words = latest.take(RefusedNameTaps.thread(), known == null ? 0 : known.begun());
        if (words == null || Jsse.isNegotiated(context) || Jsse.hasFailed(context)) {
            return;
        }
        Connection connection = connections.of(context);
        byte[] bytes = bytes(words.substring(words.indexOf(NOT_TLS) + NOT_TLS.length()));
        if (scope != RecordScope.NONE && bytes.length > 1) {
            RecordEvents.add(connection, Direction.IN, bytes, 0, JsseCipher.UNCOUNTED);
            addresses.plaintext(connection);
        }
        FailureEvents failures = connections.failures();
        Event event = failures.event(context, Direction.OUT, null)
                .put(Field.EXCEPTION, words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words);
        failures.fail(context, event, new Throwable(), false);
    }

    /** The bytes of hexadecimal digits, up to the first other character. */
    private static byte[] bytes(String digits) {
        int count = 0;
        while (count < 2 * MOST_BYTES && count < digits.length() && Character.digit(digits.charAt(count), 16) >= 0) {
            count++;
        }
        byte[] bytes = new byte[count / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
