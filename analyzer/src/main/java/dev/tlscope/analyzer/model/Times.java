package dev.tlscope.analyzer.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats times of events, in UTC. */
public final class Times {
    private static final DateTimeFormatter READABLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter TO_SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** A time span, with so few digits that no unit overflows. */
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(s|m|h|d)");

    private static final Map<String, Long> SECONDS_OF = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L);

    private static final long NANOS_OF_SECOND = 1_000_000_000L;

    /** Caches seconds, because most consecutive times are within the same few. Any thread may replace any entry. */
    private static final @Nullable Second[] KNOWN = new Second[64];

    private record Second(long number, String text) {}

    private Times() {}

    /** Formats nanoseconds since 1970-01-01T00:00:00Z in ISO 8601, as Instant does, but faster. */
    public static String iso(long nanos) {
        long second = Math.floorDiv(nanos, NANOS_OF_SECOND);
        int nano = Math.floorMod(nanos, (int) NANOS_OF_SECOND);
        int place = (int) (second & (KNOWN.length - 1));
        Second known = KNOWN[place];
        if (known == null || known.number != second) {
            String text = Instant.ofEpochSecond(second).toString();
            known = new Second(second, text.substring(0, text.length() - 1));
            KNOWN[place] = known;
        }
        if (nano == 0) {
            return known.text + "Z";
        }
        int digits = nano % 1_000_000 == 0 ? 3 : nano % 1000 == 0 ? 6 : 9;
        char[] fraction = new char[digits];
        int rest = nano / (digits == 3 ? 1_000_000 : digits == 6 ? 1000 : 1);
        for (int at = digits - 1; at >= 0; at--) {
            fraction[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return known.text + "." + new String(fraction) + "Z";
    }

    /**
     * Parses a user's time into nanoseconds since 1970-01-01T00:00:00Z: date and time, in UTC unless a zone is given; a
     * date, which means its midnight; a time of today; or a span before now, such as {@code 30m}.
     *
     * @throws java.time.DateTimeException when it is none of these
     */
    public static long parse(String text, Instant now) {
        Matcher span = SPAN.matcher(text);
        Instant instant;
        if (span.matches()) {
            long seconds = Long.parseLong(span.group(1)) * SECONDS_OF.getOrDefault(span.group(2), 1L);
            instant = now.minusSeconds(seconds);
        } else if (text.matches("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")) {
            LocalTime time = LocalTime.parse(text.length() == 4 || text.length() == 7 ? "0" + text : text);
            instant = now.atZone(ZoneOffset.UTC).toLocalDate().atTime(time).toInstant(ZoneOffset.UTC);
        } else if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            instant = LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } else {
            instant = DateTimeFormatter.ISO_DATE_TIME
                    .withZone(ZoneOffset.UTC)
                    .parse(text.replace(' ', 'T'), Instant::from);
        }
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_OF_SECOND), instant.getNano());
    }

    private static Instant of(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_OF_SECOND), Math.floorMod(nanos, NANOS_OF_SECOND));
    }

    /** Formats the time of day as HH:mm:ss.SSS. */
    public static String ofDay(long nanos) {
        return OF_DAY.format(of(nanos));
    }

    /** Formats a duration: in milliseconds below a second, otherwise in seconds. */
    public static String duration(long nanos) {
        return nanos < NANOS_OF_SECOND
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /**
     * Formats a long duration: from a day on in days and hours, from an hour on in hours and minutes, otherwise in
     * minutes.
     */
    public static String span(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        return span.toHours() > 0 ? span.toHours() + " h " + span.toMinutesPart() + " min" : span.toMinutes() + " min";
    }

    /** Date and time to the second, of the same. */
    public static String toSecond(long nanos) {
        return TO_SECOND.format(of(nanos));
    }

    /** Formats date and time to the millisecond. */
    public static String readable(long nanos) {
        return READABLE.format(of(nanos));
    }
}
