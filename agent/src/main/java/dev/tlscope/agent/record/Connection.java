package dev.tlscope.agent.record;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one TLS connection. It lives in the private loader, is called on the application's threads, and does no
 * I/O. It has no reference to the stack's objects: they refer to it, through a weak map.
 *
 * <p>Events are held until the handshake is over, since readers need its secrets before its first record: Wireshark needs TLS
 * 1.3's handshake secrets at the ServerHello, which JSSE sends before it derives them. With {@code keep=failures} they are held
 * until the connection fails, and are discarded when it closes without a failure.
 *
 * <p>Its monitor is taken within the stack's locks: no thread takes the monitors of two connections at once.
 */
public final class Connection extends MemoryBudget.Place {
    private static final int MOST_ESSENTIAL = 4;

    private final long number;
    private final Recorder recorder;
    private final ConnectionOwner owner;
    private final WeakReference<Object> origin;
    private final boolean joinedLate;

    private final boolean keepAll;
    private final Address address = new Address();
    private volatile long begun;

    /** Null after the release, when events go to the sink directly, and after the end. */
    private @Nullable BufferedEvents buffered = new BufferedEvents();

    /** Whether it entered the {@link MemoryBudget}; false when it holds nothing that could be discarded. */
    private boolean entered;

    /** The CONNECTION and FAILURE events, which stay known after the release; not more than a few. */
    private final List<QueuedEvent> essential = new ArrayList<>(2);

    private boolean announced;
    private boolean completed;
    private boolean failed;

    /** Its failure is of a kind that was written often: nothing of it is written. */
    private boolean onlyCounted;

    private boolean ended;
    private boolean closed;
    private boolean socketEnded;
    private byte @Nullable [] clientRandom;
    private @Nullable String alias;
    private long records;
    /** Null until a record is received. */
    private @Nullable CarrierRecords trail;

    /** Null until a thread passes application data or runs a task. */
    private @Nullable EngineUse engineUse;

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

    /** The time of its first event, nanoseconds since 1970-01-01T00:00:00Z. */
    @Override
    public long begun() {
        return begun;
    }

    /** The stack's object that it was created for; null when that was collected. */
    public @Nullable Object origin() {
        return origin.get();
    }

    /** The stack that created it. */
    public ConnectionOwner owner() {
        return owner;
    }

    /** True when it is older than the attach. */
    public boolean joinedLate() {
        return joinedLate;
    }

    /** The addresses of both ends. */
    public Address address() {
        return address;
    }

    /** An event of this connection, with the present time. */
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

    /** Records an event that the writer's thread completes. Nothing is recorded after the end. */
    public void add(QueuedEvent queued) {
        if (hold(queued)) {
            recorder.budget().makeRoom();
        }
    }

    /** Records that the handshake completed. From then on its events may be discarded when memory is short. */
    public void complete() {
        synchronized (this) {
            if (completed) {
                return;
            }
            completed = true;
            OutcomeEvent outcome = outcome(false);
            if (keepAll) {
                release();
            } else if (entered) {
                leave();
                recorder.budget().enter(this, true);
                entered = true;
            }
            if (outcome != null) {
                recorder.sink().offer(outcome);
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

    /** True from its first event until its handshake completes or fails, if the connection is younger than the attach. */
    public synchronized boolean isUnderWay() {
        return announced && !joinedLate && !completed && !failed && !closed;
    }

    /**
     * The socket below an engine reached its end. This is recorded once, and only while the handshake is under way.
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
     * Records a failure of a handshake that is under way and will not continue, and that the stack does not report.
     *
     * @param how as in {@link Field#GIVEN_UP}
     */
    void giveUp(String how) {
        if (isUnderWay()) {
            Event event = event(EventType.FAILURE)
                    .put(Direction.OUT)
                    .put(Field.NEGOTIATED, 0)
                    .put(Field.GIVEN_UP, how);
            owner.describeTurn(this, event);
            add(event);
            fail();
        }
    }

    /** Records that the connection failed: its events go to the sink, as do all later ones, unless its kind was written often. */
    public synchronized void fail() {
        if (failed || closed) {
            return;
        }
        failed = true;
        recorder.counters().failed.incrementAndGet();
        OutcomeEvent outcome = outcome(true);
        if (keepAll || recorder.keepsFailure(essential)) {
            release();
        } else {
            onlyCounted = true;
            discard();
        }
        if (outcome != null) {
            recorder.sink().offer(outcome);
        }
    }

    /** Records that the connection ended after its handshake without close_notify, which is no failure. */
    public synchronized void end() {
        if (!ended && !failed && !closed) {
            ended = true;
            recorder.counters().ended.incrementAndGet();
        }
    }

    /**
     * Passes the held events to the sink. With {@code keep=all}, a long handshake must not be lost when the JVM is
     * killed.
     */
    @Override
    public synchronized void release() {
        BufferedEvents waiting = buffered;
        if (waiting != null) {
            buffered = null;
            leave();
            recorder.budget().changed(-waiting.bytes());
            recorder.counters().dropped.addAndGet(waiting.release(recorder.sink()));
        }
    }

    /** Records that the connection ended: it has no further events. */
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (keepAll) {
            release();
        }
        if (buffered != null) {
            discard();
        } else if (announced && !onlyCounted) {
            recorder.sink().offer(new CompleteEvent(event(EventType.CLOSED)));
        }
        closed = true;
    }

    /**
     * Discards the connection's events because memory is short, except those that identify it, which a later failure
     * needs.
     */
    @Override
    synchronized void evict() {
        BufferedEvents waiting = buffered;
        if (waiting == null || recorder.budget().holds(this)) {
            return; // it released its events, or entered again, meanwhile
        }
        if (keepAll) {
            release();
        } else {
            entered = false;
            recorder.budget().changed(-waiting.bytes());
            waiting.thin();
        }
    }

    /** The ClientHello's random; null before it was seen. */
    public synchronized byte @Nullable [] clientRandom() {
        return clientRandom;
    }

    /** Sets the ClientHello's random. */
    public synchronized void clientRandom(byte[] random) {
        clientRandom = random;
    }

    /** How many records were numbered so far. */
    public synchronized long records() {
        return records;
    }

    /** A number for its next record, from 1. */
    public synchronized long nextRecord() {
        return ++records;
    }

    /**
     * Notes that a received record was captured.
     *
     * @param continues whether it continues a handshake message that an earlier record began
     */
    public synchronized void received(long record, boolean continues) {
        CarrierRecords carriers = trail;
        if (carriers == null) {
            carriers = new CarrierRecords();
            trail = carriers;
        }
        carriers.add(record, continues);
    }

    /** The numbers of the records that carried the message that ended in this one; empty when not known. */
    public synchronized long[] carriers(long record) {
        CarrierRecords carriers = trail;
        return carriers == null ? CarrierRecords.UNKNOWN : carriers.take(record);
    }

    /** Which threads use its engine. */
    public synchronized EngineUse engineUse() {
        EngineUse use = engineUse;
        if (use == null) {
            use = new EngineUse();
            engineUse = use;
        }
        return use;
    }

    /** The alias of the private key that was used last; null when not known. */
    public synchronized @Nullable String alias() {
        return alias;
    }

    /** Sets the alias of the private key that is used. */
    public synchronized void alias(@Nullable String chosen) {
        alias = chosen;
    }

    /**
     * Holds an event, or passes it to the sink.
     *
     * @return true when the event is held, so that the budget may now be exceeded
     */
    private synchronized boolean hold(QueuedEvent queued) {
        if (closed || onlyCounted) {
            queued.discard();
            return false;
        }
        if (queued.isEssential()) {
            if (essential.size() == MOST_ESSENTIAL) {
                essential.remove(1); // the first CONNECTION event and the latest FAILURE are what is read
            }
            essential.add(queued);
        }
        BufferedEvents waiting = buffered;
        if (waiting == null) {
            recorder.sink().offer(queued);
            return false;
        }
        int before = waiting.bytes();
        waiting.add(queued, completed);
        recorder.budget().changed(waiting.bytes() - before);
        if (!entered) {
            begun = recorder.now();
            recorder.budget().enter(this, completed);
            entered = true;
        }
        return true;
    }

    /** The handshake's end as the listener will hear it; null when it does not want to. */
    private @Nullable OutcomeEvent outcome(boolean failure) {
        OutcomeListener listener = recorder.listener();
        return listener.wants(failure)
                ? OutcomeEvent.of(listener, number, failure, buffered, essential, address)
                : null;
    }

    private void discard() {
        BufferedEvents waiting = buffered;
        if (waiting != null) {
            buffered = null;
            leave();
            recorder.budget().changed(-waiting.bytes());
            waiting.discard();
        }
    }

    private void leave() {
        recorder.budget().leave(this);
        entered = false;
    }
}
