package dev.tlscope.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes control characters of ISO 8859-1's upper half and Unicode's format characters as {@code \}{@code uXXXX}, which JSON reads
 * as the same character. A peer decides what is in a name: U+009B begins a command to a terminal as ESC [ does, and U+202E turns
 * the text behind it round. The lower control characters are the texts' own, which replace those of a peer.
 */
final class PrintableWriter extends FilterWriter {
    private static final char FIRST = '\u007f';
    private static final char LAST_CONTROL = '\u009f';
    /** The high surrogate of the invisible tag characters, U+E0000 and following. */
    private static final char TAGS = '\udb40';

    PrintableWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (isHidden((char) c)) {
            out.write(String.format("\\u%04x", c));
        } else {
            out.write(c);
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (isHidden(text[i])) {
                out.write(text, from, i - from);
                write(text[i]);
                from = i + 1;
            }
        }
        out.write(text, from, end - from);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (isHidden(text.charAt(i))) {
                out.write(text, from, i - from);
                write(text.charAt(i));
                from = i + 1;
            }
        }
        out.write(text, from, end - from);
    }

    private static boolean isHidden(char c) {
        if (c < FIRST) {
            return false;
        }
        int type = c <= LAST_CONTROL ? Character.CONTROL : Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || c == TAGS;
    }
}
