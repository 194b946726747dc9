package dev.tlscope.it.raw;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The answers that differ from the table, without duplicates, with the places where they were given. */
final class WrongAnswers {
    private final Set<String> cases = new LinkedHashSet<>();
    private final Map<String, Set<String>> answers = new LinkedHashMap<>();

    void add(Jdk jdk, PlayedRefusal played, Set<String> faults, JsonNode failure) {
        cases.add(played.name());
        String answer = String.join(
                "\n    ",
                played.name(),
                String.join("; ", faults),
                failure.path("cause").asText() + " ("
                        + failure.path("confidence").asText() + "): "
                        + failure.path("summary").asText().replace(played.host(), "HOST"),
                played.refusal());
        answers.computeIfAbsent(answer, key -> new LinkedHashSet<>())
                .add(jdk.version() + " " + played.version() + " " + played.transport());
    }

    Set<String> cases() {
        return cases;
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        answers.forEach((answer, places) -> text.append(answer)
                .append("\n    on ")
                .append(String.join(", ", places))
                .append('\n'));
        Files.writeString(file, text);
    }
}
