package dev.tlscope.it.cells;

/** One end of a cell: what it does on its connection. */
interface Party {
    /** Plays its part to the end; the caller closes the socket. Whatever it throws is the cell's outcome at this end. */
    void play(Line line) throws Exception;
}
