package dev.tlscope.capture;

/** Content that violates the format; it ends the reading. Its message becomes the reason in {@link CaptureEnding}. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean foreign;

    private Damage(String reason, boolean foreign) {
        super(reason, null, false, false);
        this.foreign = foreign;
    }

    static Damage of(String reason) {
        return new Damage(reason, false);
    }

    /** The file does not begin as a tlscope capture does. */
    static Damage foreign(String reason) {
        return new Damage(reason, true);
    }

    boolean foreign() {
        return foreign;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
