package dev.tlscope.agent.sink;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the writer from writing, and when it tries again: a disk that is full or a directory that is opened to others is often so for a
 * while only. Changed by the writer's thread alone; status reads it on other threads.
 */
final class WriteTrouble {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long pause;
    private long retryAt;
    private @Nullable Instant since;
    private long interruptions;
    private long lost;

    /** What status says; null when nothing was lost so far. */
    private volatile @Nullable String text;

    private volatile boolean present;

    /** True while nothing is written. */
    boolean isPresent() {
        return present;
    }

    /** Whether it is time to try again. */
    boolean isDue(long now) {
        return now - retryAt >= 0;
    }

    /** What happened, in one line; null when nothing did. */
    @Nullable
    String text() {
        return text;
    }

    /** A write failed, and with it an event or none. */
    void failed(String what, long events, long now) {
        Instant began = since;
        if (began == null) {
            began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            since = began;
            interruptions++;
            pause = FIRST_PAUSE_NANOS;
        } else {
            pause = Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
        }
        retryAt = now + pause;
        lost += events;
        text = "capture interrupted since " + began + ": " + what
                + "; it goes on in a new file when writing is possible again, which is tried every "
                + TimeUnit.NANOSECONDS.toSeconds(LONGEST_PAUSE_NANOS) + " s or sooner";
        present = true; // last: who sees it finds the text
    }

    /** An event was not written because of it. */
    void loses() {
        lost++;
    }

    /** Writing is possible again. */
    void isOver() {
        Instant began = since;
        if (began != null) {
            since = null;
            text = "capture was interrupted " + (interruptions == 1 ? "once" : interruptions + " times")
                    + ", the last time from " + began + " to " + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                    + ", and lost "
                    + lost + " events; it goes on";
            present = false;
        }
    }
}
