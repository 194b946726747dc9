package dev.tlscope.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.function.IntSupplier;

/**
 * Folds lines that are longer than the terminal is wide, at spaces, with the rest indented below what the line begins with. A word that is longer,
 * such as a path, stays whole. JSON, and a line with control characters, such as one that is overwritten, passes unchanged.
 */
final class FoldedLines extends Writer {
    /** A line's lead is no longer than this. */
    private static final int MOST_INDENT = 24;

    /** A line of that length fits everywhere, so that the terminal is not asked. */
    private static final int LEAST = 40;

    private static final String AFTER_LEAD = "  ";

    private final Writer out;
    private final IntSupplier width;
    private final StringBuilder line = new StringBuilder();

    /** Whether the begin of the current line has been written already. */
    private boolean begun;

    private int columns = -1;

    /**
     * A writer.
     *
     * @param width columns of the terminal, 0 when there is none; asked for at the first long line, because that starts a process
     */
    FoldedLines(Writer out, IntSupplier width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        for (int at = from; at < from + length; at++) {
            if (text[at] == '\n') {
                end();
            } else {
                line.append(text[at]);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (line.length() > 0) {
            begun = true;
            out.append(line);
            line.setLength(0);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }

    private void end() throws IOException {
        if (begun || line.length() <= LEAST || hasControl() || isJson() || line.length() <= columns()) {
            out.append(line);
        } else {
            fold(indent());
        }
        out.append('\n');
        line.setLength(0);
        begun = false;
    }

    private void fold(int indent) throws IOException {
        int from = 0;
        int room = columns();
        while (line.length() - from > room) {
            int space = line.lastIndexOf(" ", from + room);
            if (space <= from + (from == 0 ? indent : 0)) {
                space = line.indexOf(" ", from + Math.max(room, indent));
            }
            if (space < 0) {
                break;
            }
            out.append(line, from, space).append('\n');
            for (int at = 0; at < indent; at++) {
                out.append(' ');
            }
            from = space + 1;
            room = columns() - indent;
        }
        out.append(line, from, line.length());
    }

    /** Where the text after the lead begins: behind the first wide gap, or two columns further in than the line itself. */
    private int indent() {
        int own = 0;
        while (own < line.length() && line.charAt(own) == ' ') {
            own++;
        }
        int gap = line.indexOf(AFTER_LEAD, own);
        while (gap > 0 && gap < line.length() && line.charAt(gap) == ' ') {
            gap++;
        }
        return gap > 0 && gap <= MOST_INDENT ? gap : own + 2;
    }

    private boolean hasControl() {
        for (int at = 0; at < line.length(); at++) {
            if (Character.isISOControl(line.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private boolean isJson() {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at < line.length() && "{[\"".indexOf(line.charAt(at)) >= 0;
    }

    private int columns() {
        if (columns < 0) {
            columns = width.getAsInt();
            columns = columns == 0 ? Integer.MAX_VALUE : columns;
        }
        return columns;
    }
}
