package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All connections of this JVM: finds the {@link Connection} of a JSSE object by identity, and bounds what they hold in
 * memory together. Private loader, application's threads, no I/O, no lock that the application could hold.
 */
public final class Recorder {
    /** Bytes held over all connections, but no more than a part of the heap: it is the application's. */
    private static final long MOST_HELD_BYTES = 32L << 20;

    private static final int PART_OF_HEAP = 32;
    private static final long LONG_HANDSHAKE_NANOS = 5_000_000_000L;
    private static final long STUCK_NANOS = 500_000_000L;

    private final EventSink sink;
    private final boolean keepAll;
    private final WallClock clock = new WallClock();
    private final long started = clock.nanos();
    private final Counters counters = new Counters();
    private final WeakIdentityMap<Connection> connections = new WeakIdentityMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final MemoryBudget budget;

    public Recorder(EventSink sink, boolean keepAll) {
        this(sink, keepAll, Math.min(MOST_HELD_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    /** @param mostHeldBytes bytes held over all connections */
    Recorder(EventSink sink, boolean keepAll, long mostHeldBytes) {
        this.sink = sink;
        this.keepAll = keepAll;
        this.budget = new MemoryBudget(mostHeldBytes);
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
    public Connection open(Object key, ConnectionOwner owner, boolean joinedLate) {
        sweep();
        Connection made = new Connection(numbers.incrementAndGet(), key, owner, this, joinedLate, keepAll);
        Connection earlier = connections.putIfAbsent(key, made);
        return earlier != null ? earlier : made;
    }

    /** Lets another JSSE object of the same connection lead to it. */
    public void link(Object key, Connection connection) {
        connections.putIfAbsent(key, connection);
    }

    /** Records something that belongs to no connection. */
    public void note(Event event) {
        sink.offer(new CompleteEvent(event));
    }

    /** Has something worked out by the sink. */
    public void submit(QueuedEvent queued) {
        sink.offer(queued);
    }

    /**
     * Closes the connections whose JSSE objects were collected, lets go the events of handshakes that take long, and sets the clock;
     * called now and then, from any thread.
     */
    public void sweep() {
        clock.follow();
        releaseBegunBefore(now() - LONG_HANDSHAKE_NANOS);
        for (Connection gone = connections.collected(); gone != null; gone = connections.collected()) {
            // A part, such as a secret derivation, may go long before its connection.
            if (gone.origin() == null) {
                gone.giveUp("dropped");
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

    /**
     * The JVM ends. A handshake that waits for longer than any does that is under way will not be ended any more: it was given up.
     * With everything kept, the others go out as far as they came.
     */
    public void releaseAll() {
        long stuck = now() - STUCK_NANOS;
        for (Connection connection : connections.values()) {
            if (connection.begun() < stuck) {
                connection.giveUp("exit");
            }
        }
        releaseBegunBefore(Long.MAX_VALUE);
    }

    EventSink sink() {
        return sink;
    }

    MemoryBudget budget() {
        return budget;
    }

    private void releaseBegunBefore(long nanos) {
        if (!keepAll) {
            return;
        }
        for (Connection oldest = budget.takeBegunBefore(nanos);
                oldest != null;
                oldest = budget.takeBegunBefore(nanos)) {
            oldest.release();
        }
    }
}
