package dev.tlscope.analyzer.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a capture for a terminal: without control characters, because the contents of an untrusted capture must not control it, and
 * without what is too long to be read, because a peer may send a name of any length.
 */
public final class PrintableText {
    private static final int LONGEST_WORD = 512;
    private static final int LONGEST_TEXT = 4_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern LONG_WORD = Pattern.compile("(\\S{" + LONGEST_WORD + "})(\\S+)");

    private PrintableText() {}

    /** The text in one line; what is cut off is counted. */
    public static String of(String text) {
        String plain = CONTROL.matcher(text).replaceAll("?");
        if (plain.length() > LONGEST_WORD) {
            plain = LONG_WORD
                    .matcher(plain)
                    .replaceAll(word -> Matcher.quoteReplacement(
                            word.group(1) + cut(word.group(2).length())));
        }
        int over = plain.length() - LONGEST_TEXT;
        return over <= 0 ? plain : plain.substring(0, LONGEST_TEXT) + cut(over);
    }

    private static String cut(int characters) {
        return "... (" + characters + " more characters)";
    }
}
