package dev.tlscope.capture;

/**
 * The direction of a message, record or alert, from the point of view of the captured JVM: the value of {@link
 * Field#DIRECTION}.
 */
public enum Direction {
    /** Received from the peer. */
    IN("in"),
    /** Sent by this JVM; for a failure: raised by this JVM. */
    OUT("out");

    private final String text;

    Direction(String text) {
        this.text = text;
    }

    /** The value in captures: in or out. */
    public String text() {
        return text;
    }
}
