package dev.tlscope.analyzer.wire;

/** Bytes from an offset on are malformed. The caller of the parser catches it; it never leaves the analyzer. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    public MalformedException(int offset, String what) {
        super(what, null, false, false);
        this.offset = offset;
    }

    /** Builds the text here, so that the JIT compiler need not inline it at every length check. */
    MalformedException(int offset, int needed, int left) {
        this(offset, "needs " + needed + " bytes, has " + left);
    }

    /** Offset in the message, in bytes. */
    public int offset() {
        return offset;
    }

    /** What is wrong there. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
