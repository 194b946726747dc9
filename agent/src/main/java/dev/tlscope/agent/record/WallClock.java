package dev.tlscope.agent.record;

/** Nanoseconds since 1970 that never run backwards: the wall clock once, the monotonic clock from there. */
public final class WallClock {
    private final long base = System.currentTimeMillis() * 1_000_000L - System.nanoTime();

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long nanos() {
        return base + System.nanoTime();
    }
}
