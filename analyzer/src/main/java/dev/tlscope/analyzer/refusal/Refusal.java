package dev.tlscope.analyzer.refusal;

import dev.tlscope.analyzer.registry.ExtensionTypes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The place in the JDK's code that refused a handshake.
 *
 * @param className binary name
 * @param method its name
 * @param template the JDK's text, with {@code {}} for values
 * @param said the actual text
 * @param raises the alerts or exceptions of this place
 * @param cause id of the cause
 * @param meaning what is checked there, and what leads there, with the values inserted
 * @param values the values in the text
 * @param open whether other causes can lead to that place as well
 * @param confirmed whether the failure's stack contains that method; otherwise only the text matches
 * @param innermost whether the text is that of the innermost exception; otherwise that one is not the JDK's, and is the
 * reason
 */
public record Refusal(
        String className,
        String method,
        String template,
        String said,
        String raises,
        String cause,
        String meaning,
        List<String> values,
        boolean open,
        boolean confirmed,
        boolean innermost) {
    private static final String DEFECT =
            "JSSE reached a state that its own code rules out: a defect of this JDK, or of a security"
                    + " provider that it uses.";

    private static final int LONGEST_VALUE = 200;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    static Refusal of(RefusalRow row, String said, List<String> values, boolean client, Found found) {
        String cause = client ? row.cause() : row.serverCause();
        return new Refusal(
                row.className(),
                row.method(),
                row.text(),
                said,
                row.raises(),
                cause == null ? "internal" : cause,
                cause == null ? DEFECT : filledIn(row.meaning(), values),
                values,
                row.open(),
                found.confirmed,
                found.innermost);
    }

    /** The refusal, if no exception below it has a more specific reason. */
    Refusal asInnermost() {
        return new Refusal(className, method, template, said, raises, cause, meaning, values, open, confirmed, true);
    }

    private static String filledIn(String meaning, List<String> values) {
        if (meaning.indexOf('$') < 0) {
            return meaning;
        }
        String filled = meaning;
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            filled = filled.replace("the extension $" + (i + 1), "the extension " + extension(value));
            filled = filled.replace(
                    "$" + (i + 1), value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...");
        }
        return filled;
    }

    /** The JDK's text has an extension's number. */
    private static String extension(String value) {
        return NUMBER.matcher(value).matches()
                ? ExtensionTypes.nameOf(Integer.parseInt(value)) + " (" + value + ")"
                : value;
    }

    /** How the place was found. */
    record Found(boolean confirmed, boolean innermost) {}
}
