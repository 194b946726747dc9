package dev.tlscope.analyzer.finding;

import java.util.ArrayList;
import java.util.List;

/** A section of an RFC, such as {@code RFC 8446, 4.4.2.4}. */
public record Reference(int rfc, String section) {
    private static final String PREFIX = "RFC ";

    /** Parses references that are separated by semicolons. */
    public static List<Reference> parse(String text) {
        List<Reference> all = new ArrayList<>();
        for (String one : text.split("; ", -1)) {
            int comma = one.indexOf(", ");
            all.add(new Reference(
                    Integer.parseInt(one.substring(PREFIX.length(), comma < 0 ? one.length() : comma)),
                    comma < 0 ? "" : one.substring(comma + 2)));
        }
        return List.copyOf(all);
    }

    /** The address of the section. */
    public String url() {
        return "https://www.rfc-editor.org/rfc/rfc" + rfc + (section.isEmpty() ? "" : "#section-" + section);
    }

    @Override
    public String toString() {
        return PREFIX + rfc + (section.isEmpty() ? "" : ", " + section);
    }
}
