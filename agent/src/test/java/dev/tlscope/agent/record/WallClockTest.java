package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WallClockTest {
    private static final long MILLI = 1_000_000L;

    private long millis = 1_800_000_000_000L;
    private long ticks = 42;
    private final WallClock clock = new WallClock(() -> millis, () -> ticks);

    @Test
    void betweenTwoLooksTimePassesByTheMonotonicClock() {
        millis += 50_000;
        ticks += 7;
        assertThat(clock.nanos()).isEqualTo(1_800_000_000_000L * MILLI + 7);
    }

    /** On a machine that slept, or whose clock was set, forwards or back. */
    @Test
    void itFollowsAClockThatWasSet() {
        millis += 3_600_000;
        clock.follow();
        assertThat(clock.nanos()).isEqualTo(millis * MILLI);
        millis -= 7_200_000;
        clock.follow();
        assertThat(clock.nanos()).isEqualTo(millis * MILLI);
    }

    @Test
    void aSlewedClockIsNotFollowed() {
        millis += 900;
        ticks += 100 * MILLI;
        clock.follow();
        assertThat(clock.nanos()).isEqualTo(1_800_000_000_100L * MILLI);
    }
}
