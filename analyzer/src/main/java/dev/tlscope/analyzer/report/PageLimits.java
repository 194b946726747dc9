package dev.tlscope.analyzer.report;

/**
 * Limits that keep a page small enough for a browser.
 *
 * @param completed the most completed handshakes with details; failures are not counted
 * @param bytes the most bytes of details in the page; connections after that get none
 * @param rows the most connections in the table and the plots
 * @param completedRows the most of these that did not fail
 */
public record PageLimits(int completed, long bytes, int rows, int completedRows) {
    /** Completed handshakes that have details, and megabytes of all details, where nothing else is said. */
    public static final int DETAILS = 2000;

    public static final int MEGABYTES = 64;

    /** Handshakes of one kind that get details when not all can have them. */
    static final int OF_A_KIND = 12;

    /**
     * Limits with 200,000 rows.
     *
     * @param megabytes of details
     */
    public static PageLimits of(int completed, int megabytes) {
        return new PageLimits(completed, megabytes * 1_000_000L, 200_000, 100_000);
    }
}
