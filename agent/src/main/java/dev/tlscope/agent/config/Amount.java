package dev.tlscope.agent.config;

/** Reads numbers in options, without regular expressions: a JVM's first one is expensive. */
final class Amount {
    /** Bytes. A smaller file would hold little more than the description of the JVM at its beginning. */
    static final long LEAST_FILE = 64L << 10;

    /** Bytes. Of less, not even one file of the least size and what may follow into it would fit. */
    static final long LEAST_DISK = 1L << 20;

    private static final String UNITS = "kmg";
    private static final String TIME_UNITS = "smhd";
    private static final int[] SECONDS = {1, 60, 3600, 86_400};

    /** So that no time overflows in nanoseconds. */
    private static final long MOST_TIME = 99_999;

    private Amount() {}

    /** {@code 4096}, {@code 64k}, {@code 256m} or {@code 4g} in bytes, suffix in either case; -1 for any other text. */
    static long bytes(String text) {
        int last = text.length() - 1;
        int unit = last < 0 ? -1 : UNITS.indexOf(Character.toLowerCase(text.charAt(last)));
        long number = count(unit < 0 ? text : text.substring(0, last));
        int shift = 10 * (unit + 1);
        return number > Long.MAX_VALUE >> shift ? -1 : number << shift;
    }

    /** {@code 90}, {@code 90s}, {@code 5m}, {@code 2h} or {@code 1d} in seconds; -1 when it is none of these. */
    static long seconds(String text) {
        int last = text.length() - 1;
        int unit = last < 0 ? -1 : TIME_UNITS.indexOf(text.charAt(last));
        long number = count(unit < 0 ? text : text.substring(0, last));
        return number < 0 || number > MOST_TIME ? -1 : number * (unit < 0 ? 1 : SECONDS[unit]);
    }

    /** A whole number from 0 to 999,999,999,999; -1 for any other text. */
    static long count(String text) {
        if (text.isEmpty() || text.length() > 12) {
            return -1;
        }
        long number = 0;
        for (int at = 0; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
