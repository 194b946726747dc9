package dev.tlscope.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** So many lines a minute for each problem; the next one says how many were left out. */
class LineLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void whatIsBeyondIsCountedIntoTheNextLine() {
        LineLimit limit = new LineLimit(2);
        assertThat(limit.pass("a", 0)).isZero();
        assertThat(limit.pass("a", SECOND)).isZero();
        assertThat(limit.pass("a", 2 * SECOND)).isEqualTo(-1);
        assertThat(limit.pass("a", 59 * SECOND)).isEqualTo(-1);
        assertThat(limit.pass("b", 59 * SECOND)).as("another problem").isZero();
        assertThat(limit.pass("a", 60 * SECOND)).isEqualTo(2);
        assertThat(limit.pass("a", 61 * SECOND)).isZero();
    }

    @Test
    void everNewProblemsDoNotFillTheMemory() {
        LineLimit limit = new LineLimit(1);
        limit.pass("first", 0);
        for (int i = 0; i < 1000; i++) {
            limit.pass("host " + i, 0);
        }
        assertThat(limit.pass("first", 0)).as("forgotten").isZero();
        assertThat(limit.pass("host 999", 0)).as("remembered").isEqualTo(-1);
    }
}
