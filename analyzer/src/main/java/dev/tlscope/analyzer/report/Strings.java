package dev.tlscope.analyzer.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts of the page, without duplicates; number 0 is the empty text, for an unknown one. */
final class Strings {
    private static final int MOST_CHARACTERS = 300;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    Strings() {
        number("");
    }

    int number(@Nullable String text) {
        String known = text == null ? "" : shortened(text);
        Integer number = numbers.get(known);
        if (number == null) {
            number = texts.size();
            numbers.put(known, number);
            texts.add(known);
        }
        return number;
    }

    List<String> texts() {
        return texts;
    }

    static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
