package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.ENGINE;
import static dev.tlscope.agent.stack.jsse.JsseNames.SOCKET;
import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.field.SequenceNumbers;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Detects clients that check the server's name or certificate themselves after JSSE has completed the handshake, and
 * close: OkHttp, Apache HttpClient, certificate pinners, HttpsURLConnection with a HostnameVerifier. A close alone is
 * no evidence, because health checks and unused pooled connections close in the same way; SSLPeerUnverifiedException,
 * or the JDK's own check on the stack, is; so is an SSLHandshakeException that the application's code makes, as commons-net
 * does; and so is that the server
 * chose none of the application protocols without which the client cannot go on.
 */
final class RefusedNameTaps {
    private static final String UNVERIFIED = "javax.net.ssl.SSLPeerUnverifiedException";

    private static final String REFUSED = "javax.net.ssl.SSLHandshakeException";

    /** The text of SSLSessionImpl for a peer without a certificate, which servers query with every request. */
    private static final String NOT_AUTHENTICATED = "peer not authenticated";

    /** The method closes the socket if the HostnameVerifier rejects the name, and then throws. */
    private static final String SPOOFING_CHECK = "checkURLSpoofing";

    /** What a client speaks that offered it and got no answer. */
    private static final String DEFAULT_PROTOCOL = "http/1.1";

    private static final String HTTPS_CLIENT = "HttpsClient";

    private static final StackTraceElement[] NO_STACK = {};

    private final ConnectionTaps connections;
    private final Recorder recorder;
    private final PlaintextTaps plaintext;
    private final LatestThrown refused = new LatestThrown();

    RefusedNameTaps(ConnectionTaps connections, PlaintextTaps plaintext, Recorder recorder) {
        this.connections = connections;
        this.plaintext = plaintext;
        this.recorder = recorder;
    }

    void declare(HookTable table) {
        table.on(UNVERIFIED, "<init>", EXIT, "(" + STRING + ")V")
                .named("peer-unverified")
                .pass(arg(0))
                .to((a, b, c, d, e) -> unverified((String) a));
        table.on(REFUSED, "<init>", EXIT, "(" + STRING + ")V")
                .named("handshake-exception-made")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> made((Throwable) a, (String) b));
        table.on(SOCKET, "close", ENTER, "()V")
                .named("socket-closing")
                .pass(THIS)
                .to((a, b, c, d, e) -> closing(Jsse.contextOfSocket(a), true));
        table.on(ENGINE, "closeOutbound", ENTER, "()V")
                .named("engine-closing")
                .pass(THIS)
                .to((a, b, c, d, e) -> {
                    Object context = Jsse.contextOfEngine(a);
                    if (context != null) {
                        plaintext.engineClosing(context);
                    }
                    closing(context, false);
                });
    }

    private void unverified(@Nullable String message) {
        if (!NOT_AUTHENTICATED.equals(message)) {
            refused.add(thread(), recorder.now(), UNVERIFIED + (message == null ? "" : ": " + message));
        }
    }

    /** Of an exception that the application's code makes, and not JSSE, which fails the connection then. */
    private void made(Throwable thrown, @Nullable String message) {
        StackTraceElement[] stack = thrown.getClass().getName().equals(REFUSED) ? thrown.getStackTrace() : NO_STACK;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.startsWith("sun.security.")) {
                return;
            }
            if (!name.startsWith("javax.net.ssl.") && !name.startsWith("dev.tlscope.agent.")) {
                refused.add(thread(), recorder.now(), REFUSED + (message == null ? "" : ": " + message));
                return;
            }
        }
    }

    /**
     * Called when the application closes a connection: a client that has sent nothing since the handshake may have
     * rejected the server.
     *
     * @param socket whether the JDK's HttpsURLConnection may close it, which has no engine: only then is the stack read
     */
    void closing(@Nullable Object context, boolean socket) {
        if (context == null
                || !Jsse.isClient(context)
                || !Jsse.isNegotiated(context)
                || Jsse.hasFailed(context)
                || !SequenceNumbers.hasSentNothing(context)) {
            return;
        }
        Connection connection = recorder.find(context);
        if (connection == null || connection.joinedLate() || connection.hasFailed()) {
            return;
        }
        String words = refused.take(thread(), connection.begun());
        boolean lacksProtocol = words == null && lacksProtocol(context);
        if (words == null && !lacksProtocol && !socket) {
            return;
        }
        Throwable here = new Throwable();
        if (words == null && !lacksProtocol && !isSpoofingCheck(here)) {
            return;
        }
        FailureEvents failures = connections.failures();
        Event event = failures.event(context, Direction.OUT, null)
                .put(Field.GIVEN_UP, lacksProtocol ? "no protocol" : "refused")
                .put(Field.EXCEPTION, words);
        failures.fail(context, event, here, false);
    }

    /**
     * True for a client that cannot go on without one of the protocols that it offered, as gRPC cannot without h2; one that offers
     * http/1.1 too speaks that, and closes an unused connection for other reasons.
     */
    private static boolean lacksProtocol(Object context) {
        return Jsse.isWithoutProtocol(context)
                && !Arrays.asList(Jsse.offeredProtocols(context)).contains(DEFAULT_PROTOCOL);
    }

    private static boolean isSpoofingCheck(Throwable here) {
        for (StackTraceElement frame : here.getStackTrace()) {
            if (frame.getMethodName().equals(SPOOFING_CHECK)
                    && frame.getClassName().endsWith(HTTPS_CLIENT)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("deprecation") // Thread.threadId is of Java 19
    static long thread() {
        return Thread.currentThread().getId();
    }
}
