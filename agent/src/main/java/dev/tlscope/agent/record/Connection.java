package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one TLS connection. Lives in the private loader, is called on the application's threads, and does
 * no I/O. Holds no reference to JSSE's objects: they hold it, through a weak map.
 *
 * <p>Events wait here until the handshake is over, since readers need its secrets before its first record: Wireshark
 * takes TLS 1.3's handshake secrets up at the ServerHello, which JSSE sends before it derives them. With {@code
 * keep=failures} they wait on until the connection fails, and are thrown away when it closes well.
 *
 * <p>Its monitor is taken within JSSE's locks: nobody takes two connections' at once.
 */
public final class Connection {
    private final long number;
    private final Recorder recorder;
    private final ConnectionOwner owner;
    private final WeakReference<Object> origin;
    private final boolean joinedLate;

    private final boolean keepAll;
    private final Address address = new Address();
    private volatile long begun;

    /** Null once events go out as they come, and after the end. */
    private @Nullable BufferedEvents buffered = new BufferedEvents();

    /** In {@link MemoryBudget}; 0 when it has nothing there to lose. */
    private long position;

    private boolean announced;
    private boolean completed;
    private boolean failed;
    private boolean closed;
    private boolean socketEnded;
    private byte @Nullable [] clientRandom;
    private @Nullable String alias;
    private long records;
    private final CarrierRecords trail = new CarrierRecords();
    private final ThreadUse wrapping = new ThreadUse();
    private final ThreadUse unwrapping = new ThreadUse();

    Connection(
            long number, Object origin, ConnectionOwner owner, Recorder recorder, boolean joinedLate, boolean keepAll) {
        this.number = number;
        this.owner = owner;
        this.origin = new WeakReference<>(origin);
        this.recorder = recorder;
        this.joinedLate = joinedLate;
        this.keepAll = keepAll;
    }

    /** Number of the connection within the capture, from 1. */
    public long number() {
        return number;
    }

    /** When its first event came, nanoseconds since 1970-01-01T00:00:00Z. */
    long begun() {
        return begun;
    }

    /** The JSSE object that it was made for; null once that was collected. */
    public @Nullable Object origin() {
        return origin.get();
    }

    /** The stack that made it. */
    public ConnectionOwner owner() {
        return owner;
    }

    /** True when the agent did not see it being made. */
    public boolean joinedLate() {
        return joinedLate;
    }

    /** Who talks to whom. */
    public Address address() {
        return address;
    }

    /** An event of this connection, now. */
    public Event event(EventType type) {
        return new Event(type, number, recorder.now());
    }

    /** True once: the caller then adds the CONNECTION event. */
    public synchronized boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }

    /** Records an event. */
    public void add(Event event) {
        add(new CompleteEvent(event));
    }

    /** Records an event that the sink completes. Nothing that comes after the end is recorded. */
    public void add(QueuedEvent queued) {
        if (hold(queued)) {
            recorder.budget().makeRoom();
        }
    }

    /** The handshake completed; what is held may now be thrown away when memory is short. */
    public void complete() {
        synchronized (this) {
            if (completed) {
                return;
            }
            completed = true;
            if (keepAll) {
                release();
            } else if (position > 0) {
                leave();
                position = recorder.budget().enter(this, true);
            }
        }
        recorder.counters().handshakes.incrementAndGet();
    }

    /** True once the handshake completed. */
    public synchronized boolean isCompleted() {
        return completed;
    }

    /** True once it failed. */
    public synchronized boolean hasFailed() {
        return failed;
    }

    /** True from its first event until its handshake completed or failed, if the agent saw it from its begin. */
    public synchronized boolean isUnderWay() {
        return announced && !joinedLate && !completed && !failed && !closed;
    }

    /**
     * The socket below an engine came to its end, which is noted once and while the handshake is under way.
     *
     * @param exception {@code class: message} of what reading or writing threw; null at the end of the stream
     */
    public void socketEnded(@Nullable String exception) {
        boolean first;
        synchronized (this) {
            first = !socketEnded && isUnderWay();
            socketEnded |= first;
        }
        if (first) {
            add(event(EventType.SOCKET_END).put(Field.EXCEPTION, exception));
        }
    }

    /**
     * Fails a handshake that is under way and will not go on, of which JSSE was not told.
     *
     * @param how as in {@link Field#GIVEN_UP}
     */
    void giveUp(String how) {
        if (isUnderWay()) {
            add(event(EventType.FAILURE)
                    .put(Field.DIRECTION, "out")
                    .put(Field.NEGOTIATED, 0)
                    .put(Field.GIVEN_UP, how));
            fail();
        }
    }

    /** The connection failed: what was held goes out, and everything after it. */
    public synchronized void fail() {
        if (failed || closed) {
            return;
        }
        failed = true;
        recorder.counters().failed.incrementAndGet();
        release();
    }

    /** Lets go what waits: with everything kept, a handshake that takes long must not be lost when the JVM is killed. */
    public synchronized void release() {
        BufferedEvents waiting = buffered;
        if (waiting != null) {
            buffered = null;
            leave();
            recorder.budget().changed(-waiting.bytes());
            recorder.counters().dropped.addAndGet(waiting.release(recorder.sink()));
        }
    }

    /** Nothing more will come. */
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (keepAll) {
            release();
        }
        BufferedEvents waiting = buffered;
        if (waiting != null) {
            buffered = null;
            leave();
            recorder.budget().changed(-waiting.bytes());
            waiting.discard();
        } else if (announced) {
            recorder.sink().offer(new CompleteEvent(event(EventType.CLOSED)));
        }
        closed = true;
    }

    /** Memory is short, and it was this connection's turn: it keeps who it is, for a failure that may come yet. */
    synchronized void evict(long turn) {
        BufferedEvents waiting = buffered;
        if (waiting == null || turn != position) {
            return; // its turn came as it let go, or moved on
        }
        if (keepAll) {
            release();
        } else {
            position = 0;
            recorder.budget().changed(-waiting.bytes());
            waiting.thin();
        }
    }

    /** The ClientHello's random; null before it was seen. */
    public synchronized byte @Nullable [] clientRandom() {
        return clientRandom;
    }

    /** Notes the ClientHello's random. */
    public synchronized void clientRandom(byte[] random) {
        clientRandom = random;
    }

    /** A number for its next record, from 1. */
    public synchronized long nextRecord() {
        return ++records;
    }

    /**
     * A record came in that is in the capture.
     *
     * @param continues whether it goes on with a handshake message that an earlier one began
     */
    public synchronized void received(long record, boolean continues) {
        trail.add(record, continues);
    }

    /** The numbers of the records that carried the message that ended in this one; empty when not known. */
    public synchronized long[] carriers(long record) {
        return trail.take(record);
    }

    /**
     * A thread passes application data through the engine.
     *
     * @param thread its identity, not 0
     * @return whether its stack is wanted, since it is not the only one
     */
    public synchronized boolean passes(boolean sent, int thread) {
        return (sent ? wrapping : unwrapping).passes(thread);
    }

    /** The alias whose private key was asked for last; null when not known. */
    public synchronized @Nullable String alias() {
        return alias;
    }

    /** Notes the alias whose private key was asked for. */
    public synchronized void alias(@Nullable String chosen) {
        alias = chosen;
    }

    /** True when it is held, and there may be too much now. */
    private synchronized boolean hold(QueuedEvent queued) {
        if (closed) {
            queued.discard();
            return false;
        }
        BufferedEvents waiting = buffered;
        if (waiting == null) {
            recorder.sink().offer(queued);
            return false;
        }
        int before = waiting.bytes();
        waiting.add(queued, completed);
        recorder.budget().changed(waiting.bytes() - before);
        if (position == 0) {
            begun = recorder.now();
            position = recorder.budget().enter(this, completed);
        }
        return true;
    }

    private void leave() {
        recorder.budget().leave(position);
        position = 0;
    }
}
