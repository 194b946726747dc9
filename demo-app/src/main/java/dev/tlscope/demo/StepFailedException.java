package dev.tlscope.demo;

/** A step of the demo did not do what it shows; the message is one line for the person who runs it. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailedException(String message) {
        super(message);
    }
}
