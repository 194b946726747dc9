package dev.tlscope.agent.sink;

import dev.tlscope.agent.record.EventSink;
import dev.tlscope.agent.record.OutcomeEvent;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.Event;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue between the application's threads and the writer's thread. It is bounded in bytes: beyond that, events are
 * dropped and counted, and no thread waits. Private loader; the application's threads call only {@link #offer}.
 */
public final class Spool implements EventSink {
    /** A limited part of the heap, which belongs to the application. */
    private static final long MOST_QUEUED_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Queue<QueuedEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong dropped;
    private final CaptureFileSet files;
    private final Runnable housekeeping;
    private final Thread writer;

    /** Increases with every step of the writer. */
    private final AtomicLong progress = new AtomicLong();

    private final AtomicLong failures = new AtomicLong();

    private volatile boolean idle;
    private volatile boolean stopping;
    private volatile boolean ended;
    private final WriteTrouble trouble = new WriteTrouble();
    private volatile @Nullable String firstFailure;

    /**
     * @param dropped counts the events for which the queue had no room, or which could not be written
     * @param housekeeping called by the writer's thread from time to time
     */
    public Spool(CaptureFileSet files, AtomicLong dropped, Runnable housekeeping) {
        this.files = files;
        this.dropped = dropped;
        this.housekeeping = housekeeping;
        this.writer = BareThread.of(this::drain, "tlscope-writer");
    }

    public void start() {
        writer.start();
    }

    @Override
    public void offer(QueuedEvent queued) {
        int size = queued.size();
        if (stopping || ended || queuedBytes.addAndGet(size) > MOST_QUEUED_BYTES) {
            if (!stopping && !ended) {
                queuedBytes.addAndGet(-size);
            }
            queued.discard();
            dropped.incrementAndGet();
            return;
        }
        queue.add(queued);
        if (ended) {
            discardQueued();
        } else if (idle) {
            LockSupport.unpark(writer);
        }
    }

    /** Why nothing is written, or was not written for a while; null when all was. */
    public @Nullable String error() {
        return trouble.text();
    }

    /** True while nothing can be written, as when the disk is full. */
    public boolean isInterrupted() {
        return trouble.isPresent();
    }

    /** How often the work on an event, or between events, threw something other than an IOException. */
    public long failures() {
        return failures.get();
    }

    /** The first of the {@link #failures()}; null while there is none. */
    public @Nullable String firstFailure() {
        return firstFailure;
    }

    /** True when the writer's thread ended without {@link #stop}, so that all events are dropped. */
    public boolean isLost() {
        return ended && !stopping;
    }

    /** Writes what is queued, closes the file and ends the thread; waits ten seconds at most. */
    public void stop() {
        stopping = true;
        LockSupport.unpark(writer);
        try {
            writer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the events that are queued now are in the file, because the JVM is exiting. It does not wait for
     * events that the application adds meanwhile, which may never stop. The wait ends when the writer makes no
     * progress, as on a disk that hangs; it continues while a writer is slow, as on a machine under load.
     *
     * @param stalled nanoseconds without progress that end the wait
     * @param most nanoseconds in all
     */
    public void settle(long stalled, long most) {
        FlushMarker mark = new FlushMarker();
        queue.add(mark);
        long begin = System.nanoTime();
        long lastProgress = begin;
        long seen = progress.get();
        while (!mark.isPassed() && writer.isAlive()) {
            Thread.interrupted();
            long now = System.nanoTime();
            if (progress.get() != seen) {
                seen = progress.get();
                lastProgress = now;
            }
            if (now - lastProgress > stalled || now - begin > most) {
                return;
            }
            LockSupport.unpark(writer);
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void drain() {
        try {
            while (true) {
                // Code that interrupts all threads of the JVM must not make this one spin.
                Thread.interrupted();
                boolean last = stopping;
                progress.incrementAndGet();
                QueuedEvent queued = queue.poll();
                if (queued == null && last) {
                    break;
                }
                try {
                    step(queued);
                } catch (Throwable t) {
                    // Counting a failure failed as well, as when memory is short: the next event may succeed.
                    failures.incrementAndGet();
                }
            }
            files.close();
        } catch (IOException e) {
            failed(e, 0);
        } catch (Throwable t) {
            failed(t);
        } finally {
            ended = true;
            discardQueued();
        }
    }

    private void step(@Nullable QueuedEvent queued) {
        if (queued == null) {
            rest();
        } else {
            queuedBytes.addAndGet(-queued.size());
            write(queued);
        }
    }

    /**
     * An event that cannot be completed must not end the capture: completing it may call a security provider's code, which may
     * throw anything.
     */
    private void write(QueuedEvent queued) {
        if (trouble.isPresent() && !(queued instanceof OutcomeEvent) && !resume()) {
            queued.discard();
            dropped.incrementAndGet();
            trouble.loses();
            return;
        }
        try {
            Event event = queued.resolve();
            if (event != null) {
                files.write(event);
            } else if (queued instanceof FlushMarker) {
                files.settle();
            }
        } catch (IOException e) {
            dropped.incrementAndGet();
            failed(e, 1);
        } catch (Throwable t) {
            dropped.incrementAndGet();
            failed(t);
        } finally {
            queued.discard();
        }
    }

    private void rest() {
        try {
            keepHouse();
        } finally {
            idle = true;
            if (queue.isEmpty() && !stopping) {
                LockSupport.parkNanos(this, IDLE_NANOS);
            }
            idle = false;
        }
    }

    private void keepHouse() {
        try {
            housekeeping.run();
            if (!trouble.isPresent() || resume()) {
                files.flush();
            }
        } catch (IOException e) {
            failed(e, 0);
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** Discards the queue, because nothing is written any more and no secret may stay in memory. */
    private void discardQueued() {
        for (QueuedEvent queued = queue.poll(); queued != null; queued = queue.poll()) {
            queued.discard();
            dropped.incrementAndGet();
        }
    }

    /** Begins a new file when it is time to try, and returns whether that was possible. */
    private boolean resume() {
        if (!trouble.isDue(System.nanoTime())) {
            return false;
        }
        try {
            files.resume();
            trouble.isOver();
            return true;
        } catch (IOException e) {
            failed(e, 0);
            return false;
        }
    }

    /** The disk is full, or the directory is missing or not safe: the application continues, and status shows the reason. */
    private void failed(IOException e, long events) {
        trouble.failed("cannot write " + files.path() + ": " + reason(e), events, System.nanoTime());
        files.abandon();
    }

    /** The system's own words are enough, and name the file again. */
    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass() == IOException.class && message != null ? message : e.toString();
    }

    private void failed(Throwable t) {
        failures.incrementAndGet();
        if (firstFailure == null) {
            StackTraceElement[] stack = t.getStackTrace();
            firstFailure = "writer: " + t + (stack.length > 0 ? " at " + stack[0] : "");
        }
    }
}
