package dev.tlscope.it.cells;

/** One end of a cell. */
interface Party {
    /** Plays its part to the end; the caller closes the socket. An exception is the cell's outcome at this end. */
    void play(Line line) throws Exception;
}
