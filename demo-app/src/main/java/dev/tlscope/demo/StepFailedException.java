package dev.tlscope.demo;

/** A step of the demo failed; the message is one line for the user. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
