package dev.tlscope.cli;

/** A command failed. The message is the one line for the user: what happened, why, and the next step. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message);
    }
}
