package dev.tlscope.analyzer.model;

/** Counts flights: the messages that one side sends before the other answers (RFC 6347, 4.2.4). */
public final class Flights {
    private int flight;
    private boolean sent;

    /**
     * The flight of the next message, from 1.
     *
     * @param sentByThisSide its direction
     */
    public int next(boolean sentByThisSide) {
        if (flight == 0 || sent != sentByThisSide) {
            flight++;
            sent = sentByThisSide;
        }
        return flight;
    }
}
