package dev.tlscope.analyzer.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of events, in UTC. */
public final class Times {
    private static final DateTimeFormatter READABLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** Of nanoseconds since 1970-01-01T00:00:00Z; as text ISO 8601. */
    public static Instant of(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    /** HH:mm:ss.SSS, of the same. */
    public static String ofDay(long nanos) {
        return OF_DAY.format(of(nanos));
    }

    /** In milliseconds below a second, else in seconds. */
    public static String duration(long nanos) {
        return nanos < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /** Date and time to the millisecond, of the same. */
    public static String readable(long nanos) {
        return READABLE.format(of(nanos));
    }
}
