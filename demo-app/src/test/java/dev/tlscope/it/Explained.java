package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;

/** What {@code explain --format json} says of a capture directory. */
record Explained(JsonNode failures) {
    static Explained of(Bench bench) {
        Bench.Ran ran = bench.cli(
                Jdk.current(), "explain", "--format", "json", bench.out().toString());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        try {
            return new Explained(new ObjectMapper().readTree(ran.out()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(ran.out(), e);
        }
    }

    /** What it says of these captures. */
    static Explained of(Bench bench, List<Path> files) {
        return new Explained(
                Offline.run(bench, "explain", files).orElseThrow(() -> new AssertionError("explain failed: " + files)));
    }

    /** The failure at that end. */
    JsonNode at(String role) {
        for (JsonNode failure : failures) {
            if (failure.get("role").asText().equals(role)) {
                return failure;
            }
        }
        throw new AssertionError("no failure at the " + role + ": " + failures.toPrettyString());
    }

    /** The one failure. */
    JsonNode only() {
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    /** The value of an evidence, or nothing. */
    static String value(JsonNode failure, String what) {
        for (JsonNode fact : failure.get("evidence")) {
            if (fact.get("what").asText().equals(what)) {
                return fact.get("value").asText();
            }
        }
        return "";
    }
}
