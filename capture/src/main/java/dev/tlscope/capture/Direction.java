package dev.tlscope.capture;

/** Which way a message, record or alert went, seen from the JVM that was captured: the value of {@link Field#DIRECTION}. */
public enum Direction {
    /** Received from the peer. */
    IN("in"),
    /** Sent by this JVM; of a failure: raised by it. */
    OUT("out");

    private final String text;

    Direction(String text) {
        this.text = text;
    }

    /** As captures have it: in or out. */
    public String text() {
        return text;
    }
}
