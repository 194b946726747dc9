package dev.tlscope.analyzer.refusal;

import java.util.Locale;

/**
 * An exception's message, as the templates of the table are compared with it. Made once for all of them.
 *
 * @param text without the prefix of the alert, and without spaces around it
 * @param lowerCase the same in lower case
 */
record RaisedText(String text, String lowerCase) {
    static RaisedText of(String message) {
        String text = withoutAlert(message);
        return new RaisedText(text, text.toLowerCase(Locale.ROOT));
    }

    /**
     * sun.security.ssl.Alert of JDK 25, and of updates of 17 and 21, prefixes every text with its description in
     * parentheses.
     */
    private static String withoutAlert(String said) {
        int end = said.startsWith("(") ? said.indexOf(") ") : -1;
        for (int i = 1; i < end; i++) {
            char each = said.charAt(i);
            if (each != '_' && (each < 'a' || each > 'z')) {
                return said.strip();
            }
        }
        return said.substring(end < 0 ? 0 : end + 2).strip();
    }
}
