package dev.tlscope.capture;

import dev.tlscope.tls.AlertDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the comment that Wireshark shows on the packet of an alert. */
final class AlertComment {
    /** An option's length field has 16 bits, and Wireshark shows a comment on one line. */
    private static final int MAX_CHARS = 2000;

    private AlertComment() {}

    static String sent(Event failure) {
        return clean("tlscope: " + alert(failure) + " sent" + cause(failure));
    }

    /** The comment for a failure after which no record of this side was seen. */
    static String unsent(Event failure) {
        return clean("tlscope: " + alert(failure) + ", no alert seen on the wire" + cause(failure));
    }

    /** The comment for a received alert: its two bytes are level and description (RFC 8446, 6). */
    static String received(byte[] alert) {
        return "tlscope: received " + AlertDescription.levelName(alert[0] & 0xff) + " "
                + AlertDescription.nameOf(alert[1] & 0xff);
    }

    /** Replaces control characters by blanks and shortens the text to {@link #MAX_CHARS}. */
    static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "...";
    }

    private static String alert(Event failure) {
        long alert = failure.number(Field.ALERT, -1);
        return alert < 0 ? "failure" : AlertDescription.nameOf((int) alert);
    }

    private static String cause(Event failure) {
        List<String> exceptions = failure.texts(Field.EXCEPTION);
        @Nullable String diagnostic = failure.text(Field.DIAGNOSTIC);
        if (exceptions.isEmpty()) {
            return diagnostic == null ? "" : ": " + diagnostic;
        }
        String innermost = exceptions.get(exceptions.size() - 1);
        boolean more = diagnostic != null && !innermost.contains(diagnostic);
        return ": " + innermost + (more ? " (" + diagnostic + ")" : "");
    }
}
