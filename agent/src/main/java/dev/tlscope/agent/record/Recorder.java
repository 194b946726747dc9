package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All connections of this JVM: finds the {@link Connection} of a stack's object by identity, and bounds the memory that all of
 * them hold together. Private loader, application's threads, no I/O, no lock that the application could hold.
 */
public final class Recorder {
    /**
     * The most bytes that all connections hold; also limited to a part of the heap, which belongs to the application.
     */
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
    private final FailureKinds failures = new FailureKinds();
    private volatile OutcomeListener listener = new NoListener();

    public Recorder(EventSink sink, boolean keepAll) {
        this(sink, keepAll, Math.min(MOST_HELD_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    /** @param mostHeldBytes the most bytes that all connections together hold */
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

    /** The time of the attach, nanoseconds since 1970-01-01T00:00:00Z. */
    public long started() {
        return started;
    }

    /** The connection of a stack's object, or null. */
    public @Nullable Connection find(Object key) {
        return connections.get(key);
    }

    /** Creates a connection for a stack's object that has none yet. */
    public Connection open(Object key, ConnectionOwner owner, boolean joinedLate) {
        sweep();
        Connection made = new Connection(numbers.incrementAndGet(), key, owner, this, joinedLate, keepAll);
        Connection earlier = connections.putIfAbsent(key, made);
        return earlier != null ? earlier : made;
    }

    /** Makes another object of the same connection refer to it. */
    public void link(Object key, Connection connection) {
        connections.putIfAbsent(key, connection);
    }

    /** Records an event that belongs to no connection. */
    public void note(Event event) {
        sink.offer(new CompleteEvent(event));
    }

    /** Queues work for the writer's thread. */
    public void submit(QueuedEvent queued) {
        sink.offer(queued);
    }

    /**
     * Closes the connections whose objects were collected, releases the events of handshakes that take long, and sets the
     * clock. It is called from time to time, from any thread.
     */
    public void sweep() {
        clock.follow();
        releaseBegunBefore(now() - LONG_HANDSHAKE_NANOS);
        for (Connection gone = connections.collected(); gone != null; gone = connections.collected()) {
            // A linked object, such as a secret derivation, may be collected long before its connection.
            if (gone.origin() == null) {
                gone.giveUp("dropped");
                gone.close();
            }
        }
    }

    /** Sets what the ends of handshakes are reported to, before the first connection. */
    public void listener(OutcomeListener target) {
        listener = target;
    }

    /** Closes all connections at the detach. */
    public void closeAll() {
        for (Connection connection : connections.clear()) {
            connection.close();
        }
    }

    /**
     * Prepares for the JVM's exit. A handshake that has waited for longer than a handshake under way can will not end
     * any more, and counts as given up. With {@code keep=all}, the events of the others are released as they are.
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

    /** Whether a failure with these events is written; counts it otherwise. */
    boolean keepsFailure(List<QueuedEvent> essential) {
        boolean keeps = failures.keeps(essential, System.nanoTime());
        if (!keeps) {
            counters.repeated.incrementAndGet();
        }
        return keeps;
    }

    EventSink sink() {
        return sink;
    }

    OutcomeListener listener() {
        return listener;
    }

    MemoryBudget budget() {
        return budget;
    }

    /** Before there is one, and where nobody listens. */
    private static final class NoListener implements OutcomeListener {
        @Override
        public boolean wants(boolean failed) {
            return false;
        }

        @Override
        public void ended(HandshakeOutcome outcome) {
            // nothing is wanted
        }
    }

    private void releaseBegunBefore(long nanos) {
        if (!keepAll) {
            return;
        }
        for (MemoryBudget.Place oldest = budget.takeBegunBefore(nanos);
                oldest != null;
                oldest = budget.takeBegunBefore(nanos)) {
            oldest.release();
        }
    }
}
