package dev.tlscope.agent.stack.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestThrownTest {
    private final LatestThrown latest = new LatestThrown();

    @Test
    void whatTheThreadMadeIsTakenOnce() {
        latest.add(7, 100, "x");
        assertThat(latest.take(7, 100)).isEqualTo("x");
        assertThat(latest.take(7, 100)).isNull();
    }

    @Test
    void anotherThreadsIsNot() {
        latest.add(7, 100, "x");
        assertThat(latest.take(7 + 32, 0)).isNull();
        assertThat(latest.take(8, 0)).isNull();
        assertThat(latest.take(7, 0)).isEqualTo("x");
    }

    @Test
    void oneFromBeforeTheConnectionIsNot() {
        latest.add(7, 100, "x");
        assertThat(latest.take(7, 101)).isNull();
        assertThat(latest.take(7, 0)).isNull();
    }
}
