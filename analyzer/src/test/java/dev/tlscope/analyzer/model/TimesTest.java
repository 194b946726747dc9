package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final long SECOND = 1_000_000_000L;

    /** Each time is formatted twice, after another second and after its own. */
    @Test
    void writesWhatInstantWrites() {
        SplittableRandom random = new SplittableRandom(20261128);
        long now = 1_795_849_200 * SECOND;
        LongStream.of(0, 1, 999, 1000, 999_999, 1_000_000, 120_000_000, SECOND - 1, SECOND, -1, -SECOND, -SECOND - 1000)
                .flatMap(near -> LongStream.of(near, now + near, now + near + random.nextLong(SECOND)))
                .forEach(nanos -> {
                    String expected = Instant.EPOCH.plusNanos(nanos).toString();
                    assertThat(Times.iso(nanos)).isEqualTo(expected);
                    assertThat(Times.iso(nanos)).isEqualTo(expected);
                });
        LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE)
                .forEach(nanos -> assertThat(Times.iso(nanos))
                        .isEqualTo(Instant.EPOCH.plusNanos(nanos).toString()));
    }
}
