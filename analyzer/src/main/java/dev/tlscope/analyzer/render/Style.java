package dev.tlscope.analyzer.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Colour and width of the output terminal.
 *
 * @param width columns; 0 if lines are not folded
 */
public record Style(boolean colour, int width) {
    /** A line is never folded to less than this width. */
    private static final int LEAST = 20;

    String bold(String text) {
        return ansi("1", text);
    }

    String red(String text) {
        return ansi("1;31", text);
    }

    String green(String text) {
        return ansi("32", text);
    }

    String dim(String text) {
        return ansi("2", text);
    }

    /** The text in lines that fit after an indent, split at spaces if there are any; folding removes colour. */
    List<String> fold(int indent, String text) {
        int room = Math.max(LEAST, width - indent - 2);
        String plain = text.replaceAll("\u001b\\[[0-9;]*m", "");
        if (width == 0 || plain.length() <= room) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (plain.length() - at > room) {
            int space = plain.lastIndexOf(' ', at + room);
            int end = space > at ? space : at + room;
            lines.add(plain.substring(at, end));
            at = space > at ? space + 1 : end;
        }
        lines.add(plain.substring(at));
        return lines;
    }

    /**
     * The text in lines that fit after an indent. Words are not broken: one that is too long makes its line too long.
     */
    List<String> wrap(int indent, String text) {
        int room = Math.max(LEAST, width - indent);
        if (width == 0 || text.length() <= room) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The text after a lead, with the further lines indented below it. */
    List<String> hang(String lead, String painted, String text) {
        List<String> lines = new ArrayList<>();
        for (String line : wrap(lead.length(), text)) {
            lines.add((lines.isEmpty() ? painted : " ".repeat(lead.length())) + line);
        }
        return lines;
    }

    private String ansi(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
