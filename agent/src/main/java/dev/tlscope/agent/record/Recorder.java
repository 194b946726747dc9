package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All connections of this JVM: finds the {@link Connection} of a JSSE object by identity, and bounds what they hold in
 * memory together. Private loader, application's threads, no I/O, no lock that the application could hold.
 */
public final class Recorder {
    /** Bytes held over all connections; beyond it the oldest completed handshakes are thrown away. */
    private static final long MOST_HELD_BYTES = 32L << 20;

    private static final long LONG_HANDSHAKE_NANOS = 5_000_000_000L;

    private final Outlet outlet;
    private final boolean keepAll;
    private final WallClock clock = new WallClock();
    private final long started = clock.nanos();
    private final Counters counters = new Counters();
    private final WeakIdentityMap<Connection> connections = new WeakIdentityMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong heldBytes = new AtomicLong();
    private final Queue<Connection> completed = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> begun = new ConcurrentLinkedQueue<>();

    public Recorder(Outlet outlet, boolean keepAll) {
        this.outlet = outlet;
        this.keepAll = keepAll;
    }

    public Counters counters() {
        return counters;
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long now() {
        return clock.nanos();
    }

    /** When the agent came, nanoseconds since 1970-01-01T00:00:00Z. */
    public long started() {
        return started;
    }

    /** The connection that belongs to this JSSE object, or null. */
    public @Nullable Connection find(Object key) {
        return connections.get(key);
    }

    /** Makes a connection for a JSSE object that none belongs to yet. */
    public Connection open(Object key, boolean joinedLate) {
        sweep();
        Connection made = new Connection(numbers.incrementAndGet(), key, this, joinedLate, keepAll);
        Connection earlier = connections.putIfAbsent(key, made);
        return earlier != null ? earlier : made;
    }

    /** Lets another JSSE object of the same connection lead to it. */
    public void link(Object key, Connection connection) {
        connections.putIfAbsent(key, connection);
    }

    /** Records something that belongs to no connection. */
    public void note(Event event) {
        outlet.offer(new Ready(event));
    }

    /** Has something worked out by the sink. */
    public void submit(Pending pending) {
        outlet.offer(pending);
    }

    /**
     * Closes the connections whose JSSE objects were collected, and lets go the events of handshakes that take long;
     * called now and then, from any thread.
     */
    public void sweep() {
        long longAgo = now() - LONG_HANDSHAKE_NANOS;
        for (Connection oldest = begun.peek(); oldest != null && oldest.begun() < longAgo; oldest = begun.peek()) {
            begun.remove(oldest);
            oldest.release();
        }
        for (Connection gone = connections.collected(); gone != null; gone = connections.collected()) {
            // A part, such as a secret derivation, may go long before its connection.
            if (gone.origin() == null) {
                gone.close();
            }
        }
    }

    /** Closes all connections: the agent goes. */
    public void closeAll() {
        for (Connection connection : connections.clear()) {
            connection.close();
        }
    }

    /** The JVM ends: with everything kept, unfinished handshakes go out as far as they came. */
    public void releaseAll() {
        for (Connection oldest = begun.poll(); oldest != null; oldest = begun.poll()) {
            oldest.release();
        }
    }

    Outlet outlet() {
        return outlet;
    }

    void began(Connection connection) {
        begun.add(connection);
    }

    void completed(Connection connection) {
        completed.add(connection);
        while (heldBytes.get() > MOST_HELD_BYTES) {
            Connection oldest = completed.poll();
            if (oldest == null) {
                break;
            }
            oldest.discardHeld();
        }
    }

    void held(int change) {
        heldBytes.addAndGet(change);
    }
}
