package dev.tlscope.analyzer.cli;

import java.io.PrintWriter;

/** Who read standard output has closed it, such as {@code head}: there is nothing left to do, and nothing to say. */
final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ReaderGoneException() {
        super(null, null, false, false);
    }

    /** Throws it when that is so. Costs a flush. */
    static void check(PrintWriter out) {
        if (out.checkError()) {
            throw new ReaderGoneException();
        }
    }
}
