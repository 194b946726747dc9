package dev.tlscope.analyzer.wire;

/** Bytes that are not as they should be, from an offset on. Caught by who asked for the parse; never leaves the analyzer. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    public MalformedException(int offset, String what) {
        super(what, null, false, false);
        this.offset = offset;
    }

    /** The text is made here, which compilers leave out of line, and not where every length is checked. */
    MalformedException(int offset, int needed, int left) {
        this(offset, "needs " + needed + " bytes, has " + left);
    }

    /** Offset within the message, in bytes. */
    public int offset() {
        return offset;
    }

    /** What is wrong there. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
