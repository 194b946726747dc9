package dev.tlscope.agent.record;

import java.util.function.LongSupplier;

/**
 * Nanoseconds since 1970: the wall clock once, the monotonic clock from there, so that time passes evenly within a handshake. Where
 * the two have parted, by a clock that was set or a machine that slept, {@link #follow} takes the wall clock anew.
 */
public final class WallClock {
    private static final long MILLI = 1_000_000L;

    /** More than NTP slews between two looks, and than a busy machine takes for one. */
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

    /** Takes the wall clock anew when it is further than a second away. */
    void follow() {
        long before = ticks.getAsLong();
        long measured = measured();
        boolean interrupted = ticks.getAsLong() - before > MILLI; // the two clocks were not read at one time
        if (!interrupted && Math.abs(measured - base) > PARTED_NANOS) {
            base = measured;
        }
    }

    private long measured() {
        return millis.getAsLong() * MILLI - ticks.getAsLong();
    }
}
