package dev.tlscope.agent.record;

import java.util.function.LongSupplier;

/**
 * Nanoseconds since 1970: the wall clock is read once and the monotonic clock from then on, so that time passes evenly within a
 * handshake. When the two differ, because a clock was set or the machine slept, {@link #follow} reads the wall clock again.
 */
public final class WallClock {
    private static final long MILLI = 1_000_000L;

    /** More than NTP slews between two calls, and than a busy machine needs for one. */
    private static final long PARTED_NANOS = 1_000 * MILLI;

    private final LongSupplier millis;
    private final LongSupplier ticks;
    private volatile long base;

    public WallClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param millis milliseconds since 1970-01-01T00:00:00Z
     * @param ticks nanoseconds of a monotonic clock
     */
    WallClock(LongSupplier millis, LongSupplier ticks) {
        this.millis = millis;
        this.ticks = ticks;
        this.base = measured();
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long nanos() {
        return base + ticks.getAsLong();
    }

    /** Reads the wall clock again when it differs by more than a second. */
    void follow() {
        long before = ticks.getAsLong();
        long measured = measured();
        boolean interrupted = ticks.getAsLong() - before > MILLI; // the two clocks were not read at the same time
        if (!interrupted && Math.abs(measured - base) > PARTED_NANOS) {
            base = measured;
        }
    }

    private long measured() {
        return millis.getAsLong() * MILLI - ticks.getAsLong();
    }
}
