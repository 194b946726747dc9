package dev.tlscope.analyzer.message;

/** Bytes that are not as they should be, from an offset on; becomes a finding in the tree, never leaves this package. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    Malformed(int offset, String what) {
        super(what, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
