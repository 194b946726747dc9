package dev.tlscope.agent.outcome;

import org.jspecify.annotations.Nullable;

/**
 * Makes a text safe for somebody's log: a peer decides what is in a certificate, an alert's text or a host name. It stays one
 * line, and no look-up of a logging library begins in it ({@code ${jndi:...}} in Log4j before 2.15).
 */
public final class PlainText {
    private static final int LONGEST = 500;
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private PlainText() {}

    /** The text, cut off after 500 characters; null for null. */
    public static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** The text, cut off after 500 characters. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < text.length() && plain.length() < LONGEST; i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
            plain.append(control ? '?' : c);
            if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
                plain.append(' ');
            }
        }
        return plain.toString();
    }
}
