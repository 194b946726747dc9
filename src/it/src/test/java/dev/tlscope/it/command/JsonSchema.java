package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The part of JSON Schema that src/docs/export-schema.json uses; an unknown keyword in it is an error. */
record JsonSchema(JsonNode root) {
    static JsonSchema of(Path file) {
        try {
            return new JsonSchema(new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(JsonNode value) {
        assertThat(problem(root, value)).as("%.500s", value).isEmpty();
    }

    private String problem(JsonNode schema, JsonNode value) {
        for (Map.Entry<String, JsonNode> rule : schema.properties()) {
            String problem = problem(rule.getKey(), rule.getValue(), schema, value);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private String problem(String word, JsonNode rule, JsonNode schema, JsonNode value) {
        return switch (word) {
            case "$schema", "$defs", "title", "description", "additionalProperties" -> "";
            case "$ref" -> problem(root.at(rule.asText().substring(1)), value);
            case "type" ->
                rule.isArray()
                        ? any(rule, type -> is(type.asText(), value) ? "" : "not " + rule)
                        : is(rule.asText(), value) ? "" : "not " + rule;
            case "const" -> rule.equals(value) ? "" : "not " + rule;
            case "enum" -> any(rule, allowed -> allowed.equals(value) ? "" : value + " is not one of " + rule);
            case "oneOf" -> any(rule, one -> problem(one, value));
            case "required" -> all(rule, name -> value.has(name.asText()) ? "" : "lacks " + name);
            case "items" -> all(value, item -> problem(rule, item));
            case "properties" -> {
                for (Map.Entry<String, JsonNode> property : value.properties()) {
                    JsonNode known = rule.get(property.getKey());
                    String problem = known != null
                            ? problem(known, property.getValue())
                            : schema.path("additionalProperties").asBoolean(true) ? "" : "has no place in the schema";
                    if (!problem.isEmpty()) {
                        yield property.getKey() + ": " + problem;
                    }
                }
                yield "";
            }
            default -> throw new IllegalArgumentException("this schema has a word that is not known: " + word);
        };
    }

    private interface Rule {
        String problem(JsonNode node);
    }

    private static String any(JsonNode nodes, Rule check) {
        String last = "";
        for (JsonNode node : nodes) {
            last = check.problem(node);
            if (last.isEmpty()) {
                return "";
            }
        }
        return last;
    }

    private static String all(JsonNode nodes, Rule check) {
        for (JsonNode node : nodes) {
            String problem = check.problem(node);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException(type);
        };
    }
}
