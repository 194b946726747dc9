package dev.tlscope.it.raw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The expected finding for a case.
 *
 * @param name of the case
 * @param transport the transport that the row applies to; empty for both
 * @param optional whether JSSE of some update accepts what others refuse
 * @param cause pattern of the cause's id
 * @param confidence pattern
 * @param named patterns for parts of the summary or of the evidence, all of which must be there
 */
record RawAnswer(
        String name, String transport, boolean optional, Pattern cause, Pattern confidence, List<Pattern> named) {
    static RawAnswer parse(String line) {
        String[] column = line.split(" \\| ", -1);
        if (column.length != 5) {
            throw new IllegalArgumentException("not five columns: " + line);
        }
        String where = column[1];
        return new RawAnswer(
                column[0],
                where.equals("socket") || where.equals("engine") ? where : "",
                where.equals("some"),
                Pattern.compile(column[2]),
                Pattern.compile(column[3]),
                Arrays.stream(column[4].split(" & "))
                        .map(it -> Pattern.compile(it, Pattern.CASE_INSENSITIVE))
                        .toList());
    }

    boolean holdsFor(PlayedRefusal played) {
        return name.equals(played.name()) && (transport.isEmpty() || transport.equals(played.transport()));
    }

    /** The errors in a finding of explain; empty when it is right. */
    List<String> faults(JsonNode failure) {
        List<String> faults = new ArrayList<>();
        String told = failure.get("cause").asText();
        if (!cause.matcher(told).matches()) {
            faults.add("cause " + told + ", not " + cause);
        }
        String sure = failure.get("confidence").asText();
        if (!confidence.matcher(sure).matches()) {
            faults.add("confidence " + sure + ", not " + confidence);
        }
        List<String> values = new ArrayList<>(List.of(failure.get("summary").asText()));
        failure.get("evidence")
                .forEach(fact -> values.add(
                        fact.get("what").asText() + ": " + fact.get("value").asText()));
        for (Pattern part : named) {
            if (values.stream().noneMatch(value -> part.matcher(value).find())) {
                faults.add("names no " + part);
            }
        }
        return faults;
    }
}
