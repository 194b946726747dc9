package dev.tlscope.analyzer.wire;

/** A message that does not parse, with the offset at which it goes wrong. Caught by who asked for the parse. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(int offset, String what) {
        super("at byte " + offset + ": " + what, null, false, false);
    }

    /** The text is made here, which compilers leave out of line, and not where every length is checked. */
    MalformedException(int offset, int needed, int left) {
        this(offset, "needs " + needed + " bytes, has " + left);
    }
}
