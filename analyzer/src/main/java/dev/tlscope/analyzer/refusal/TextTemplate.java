package dev.tlscope.analyzer.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A text of the JDK with placeholders for values. */
final class TextTemplate {
    private static final String PLACE = "{}";

    /** In lower case, because updates of one JDK differ in capitals. */
    private final List<String> parts = new ArrayList<>();

    private final boolean specific;

    private TextTemplate(String template) {
        String text = template.toLowerCase(Locale.ROOT);
        int begin = 0;
        int place = text.indexOf(PLACE);
        while (place >= 0) {
            parts.add(text.substring(begin, place));
            begin = place + PLACE.length();
            place = text.indexOf(PLACE, begin);
        }
        parts.add(text.substring(begin));
        specific = text.replace(PLACE, "").chars().anyMatch(Character::isLetter);
    }

    static TextTemplate of(String template) {
        return new TextTemplate(template);
    }

    /** False if it has no constant part, so that it matches any text. */
    boolean isSpecific() {
        return specific;
    }

    /** The values at the placeholders; empty if the text does not match. */
    Optional<List<String>> match(RaisedText said) {
        String text = said.text();
        String lower = said.lowerCase();
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        if (lower.length() != text.length() || !lower.startsWith(first) || !lower.endsWith(last)) {
            return Optional.empty();
        }
        if (parts.size() == 1) {
            return lower.length() == first.length() ? Optional.of(List.of()) : Optional.empty();
        }
        List<String> values = new ArrayList<>();
        int end = lower.length() - last.length();
        int at = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int next = lower.indexOf(part, at);
            if (next < 0 || next + part.length() > end) {
                return Optional.empty();
            }
            values.add(text.substring(at, next));
            at = next + part.length();
        }
        if (at > end) {
            return Optional.empty();
        }
        values.add(text.substring(at, end));
        return Optional.of(List.copyOf(values));
    }
}
