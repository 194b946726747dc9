package dev.tlscope.analyzer.model;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of an event that has pairs of NAME and VALUE. */
final class NamedValues {
    private NamedValues() {}

    static Map<String, String> of(Event event) {
        List<String> names = event.texts(Field.NAME);
        List<String> values = event.texts(Field.VALUE);
        Map<String, String> pairs = new HashMap<>();
        for (int at = 0; at < Math.min(names.size(), values.size()); at++) {
            pairs.put(names.get(at), values.get(at));
        }
        return pairs;
    }
}
