package dev.tlscope.analyzer.report;

/**
 * How much a page holds, so that a browser can.
 *
 * @param completed completed handshakes at most that have details; failures come on top of them
 * @param bytes of details at most, as they are in the page, after which no connection gets any
 * @param rows connections at most in the table and the plots
 * @param completedRows of these, those that did not fail
 */
public record PageLimits(int completed, long bytes, int rows, int completedRows) {
    /** Handshakes of one kind that get details when there are more than there is room for. */
    static final int OF_A_KIND = 12;

    /**
     * With room for 200,000 rows.
     *
     * @param megabytes of details
     */
    public static PageLimits of(int completed, int megabytes) {
        return new PageLimits(completed, megabytes * 1_000_000L, 200_000, 100_000);
    }
}
