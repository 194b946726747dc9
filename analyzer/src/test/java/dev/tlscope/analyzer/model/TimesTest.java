package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
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

    @Test
    void readsWhatPeopleWrite() {
        Instant now = Instant.parse("2026-11-24T09:30:00Z");
        assertThat(read("30m", now)).isEqualTo("2026-11-24T09:00:00Z");
        assertThat(read("2d", now)).isEqualTo("2026-11-22T09:30:00Z");
        assertThat(read("07:21", now)).isEqualTo("2026-11-24T07:21:00Z");
        assertThat(read("7:21:05", now)).isEqualTo("2026-11-24T07:21:05Z");
        assertThat(read("2026-11-23", now)).isEqualTo("2026-11-23T00:00:00Z");
        assertThat(read("2026-11-23T10:00", now)).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(read("2026-11-23 10:00:01.5Z", now)).isEqualTo("2026-11-23T10:00:01.500Z");
        assertThat(read("2026-11-23T10:00+02:00", now)).isEqualTo("2026-11-23T08:00:00Z");
        for (String none : List.of("", "yesterday", "30", "25:00", "2026-13-01", "m", "-1m", "9999999d")) {
            assertThatThrownBy(() -> Times.parse(none, now)).as(none).isInstanceOf(DateTimeException.class);
        }
    }

    private static String read(String text, Instant now) {
        return Times.iso(Times.parse(text, now));
    }
}
