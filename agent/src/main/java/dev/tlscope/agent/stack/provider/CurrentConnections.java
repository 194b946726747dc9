package dev.tlscope.agent.stack.provider;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The connection whose engine or socket a few threads are in, for code that is not told which it serves, such as a trust manager
 * without the argument. Two threads of one slot lose the earlier entry.
 */
final class CurrentConnections {
    private static final int SLOTS = 64;

    private final AtomicReferenceArray<Entry> latest = new AtomicReferenceArray<>(SLOTS);

    private static final class Entry {
        final long thread;
        final WeakReference<ProviderConnection> connection;

        Entry(long thread, ProviderConnection connection) {
            this.thread = thread;
            this.connection = new WeakReference<>(connection);
        }
    }

    /** This thread is in a call of the connection's engine or socket. */
    void enter(ProviderConnection connection) {
        latest.set(slot(thread()), new Entry(thread(), connection));
    }

    /** It has left it. */
    void leave() {
        Entry entry = latest.get(slot(thread()));
        if (entry != null && entry.thread == thread()) {
            latest.set(slot(thread()), null);
        }
    }

    /** The connection that this thread is in; null when it is in none. */
    @Nullable
    ProviderConnection get() {
        Entry entry = latest.get(slot(thread()));
        return entry == null || entry.thread != thread() ? null : entry.connection.get();
    }

    @SuppressWarnings("deprecation") // Thread.threadId is of Java 19
    private static long thread() {
        return Thread.currentThread().getId();
    }

    private static int slot(long thread) {
        return (int) (thread % SLOTS);
    }
}
