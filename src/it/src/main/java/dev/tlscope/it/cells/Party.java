package dev.tlscope.it.cells;

/** What one end of a cell does with its connection. */
interface Party {
    /** Plays its part to the end; the caller closes the socket. Whatever it throws is the cell's outcome at this end. */
    void play(Line line) throws Exception;
}
