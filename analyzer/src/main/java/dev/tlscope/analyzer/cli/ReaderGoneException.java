package dev.tlscope.analyzer.cli;

import java.io.PrintWriter;

/** The reader of standard output, such as {@code head}, has closed it: there is nothing left to do or to report. */
final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ReaderGoneException() {
        super(null, null, false, false);
    }

    /** Throws the exception if the reader has closed the stream. Flushes it. */
    static void check(PrintWriter out) {
        if (out.checkError()) {
            throw new ReaderGoneException();
        }
    }
}
