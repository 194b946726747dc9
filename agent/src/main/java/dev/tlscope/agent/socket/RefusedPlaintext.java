package dev.tlscope.agent.socket;

import dev.tlscope.agent.record.Connection;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Connections whose plain text a TLS library above the engine has just rejected: it closes their socket in the same
 * call. The next socket that the thread closes belongs to the connection, if that library is still on the stack.
 */
final class RefusedPlaintext {
    private static final int SLOTS = 32;

    private final AtomicReferenceArray<Refused> latest = new AtomicReferenceArray<>(SLOTS);

    private static final class Refused {
        private final long thread;
        private final WeakReference<Connection> connection;

        Refused(long thread, Connection connection) {
            this.thread = thread;
            this.connection = new WeakReference<>(connection);
        }
    }

    void add(Connection connection) {
        long thread = thread();
        latest.set(slot(thread), new Refused(thread, connection));
    }

    /** The connection whose socket this thread is closing; null if it is none of these. */
    @Nullable
    Connection closing() {
        long thread = thread();
        Refused refused = latest.get(slot(thread));
        if (refused == null || refused.thread != thread) {
            return null;
        }
        latest.set(slot(thread), null);
        return isTlsLibrary(new Throwable().getStackTrace()) ? refused.connection.get() : null;
    }

    /** Netty's SslHandler, Undertow's SslConduit and others: a class with Ssl in its name that is not JSSE's. */
    private static boolean isTlsLibrary(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.indexOf("Ssl", name.lastIndexOf('.') + 1) >= 0 && !name.startsWith("sun.security.")) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("deprecation") // Thread.threadId is of Java 19
    private static long thread() {
        return Thread.currentThread().getId();
    }

    private static int slot(long thread) {
        return (int) (thread % SLOTS);
    }
}
