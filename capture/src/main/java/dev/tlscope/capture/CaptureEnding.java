package dev.tlscope.capture;

/** How the reading of a capture file ended. Immutable. */
public final class CaptureEnding {
    /** The kinds of ending. */
    public enum Kind {
        /** The file was read to its end, and no block is cut off. */
        COMPLETE,
        /** Truncated or malformed at {@link CaptureEnding#offset()}; the events before that offset were delivered. */
        DAMAGED,
        /** Not a file that tlscope wrote; no event was delivered. */
        NOT_A_CAPTURE
    }

    private final Kind kind;
    private final String reason;
    private final long offset;
    private final long bytes;
    private final long skipped;

    CaptureEnding(Kind kind, String reason, long offset, long bytes, long skipped) {
        this.kind = kind;
        this.reason = reason;
        this.offset = offset;
        this.bytes = bytes;
        this.skipped = skipped;
    }

    public Kind kind() {
        return kind;
    }

    public boolean complete() {
        return kind == Kind.COMPLETE;
    }

    /** Why the reading ended, for the user; empty when the file was complete. */
    public String reason() {
        return reason;
    }

    /** Offset of the first block that could not be read, from the file's start; the file's length when complete. */
    public long offset() {
        return offset;
    }

    /** Number of bytes read. */
    public long bytes() {
        return bytes;
    }

    /** Number of tlscope blocks of an unknown version or event type, and of key log lines that could not be parsed. */
    public long skipped() {
        return skipped;
    }

    /** One line for the user. */
    @Override
    public String toString() {
        switch (kind) {
            case COMPLETE:
                return "complete, " + bytes + " bytes";
            case DAMAGED:
                return "damaged at byte offset " + offset + ": " + reason;
            default:
                return "not a tlscope capture: " + reason;
        }
    }
}
