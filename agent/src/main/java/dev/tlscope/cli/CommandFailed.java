package dev.tlscope.cli;

/** A command could not be carried out; the message is the one line for the user: what, why, what next. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message, null, false, false);
    }
}
