package dev.tlscope.agent.record;

import java.util.Arrays;

/**
 * The records that carry the handshake message that is being received (RFC 8446, 5.1: one record may hold several messages, and
 * one message may take several records). Guarded by its {@link Connection}.
 */
final class CarrierRecords {
    /** More than the longest message that JSSE accepts takes at the smallest fragment that it sends. */
    private static final int MOST = 1024;

    /** What {@link #take} returns when the records are not known. */
    static final long[] UNKNOWN = {};

    private long[] numbers = new long[2];
    private int count;

    /** Adds the next record. It continues a message when the InputRecord holds the beginning of one. */
    void add(long number, boolean continues) {
        if (!continues) {
            count = 0;
        }
        if (count == MOST) {
            return; // the last number is then that of another record, and take finds nothing
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
    }

    /** The records of a message that ended in this one, which may hold the next message too; empty when not known. */
    long[] take(long last) {
        if (count == 0 || numbers[count - 1] != last) {
            return UNKNOWN;
        }
        long[] taken = Arrays.copyOf(numbers, count);
        numbers[0] = last;
        count = 1;
        return taken;
    }
}
