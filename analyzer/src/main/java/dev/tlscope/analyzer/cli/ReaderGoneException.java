package dev.tlscope.analyzer.cli;

/** Who read standard output has closed it, such as {@code head}: there is nothing left to do, and nothing to say. */
final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReaderGoneException() {
        super(null, null, false, false);
    }
}
