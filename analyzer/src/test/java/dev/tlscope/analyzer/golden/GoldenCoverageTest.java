package dev.tlscope.analyzer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Catalogue;
import dev.tlscope.analyzer.finding.CauseId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every cause of the catalogue is the answer for some golden handshake, or this class gives the reason why not. */
class GoldenCoverageTest {
    /** Cause ids that no golden capture has, with the reason. */
    private static final Map<String, String> NOT_CAPTURED = Map.of(
            "algorithm-unavailable",
            "no JDK of the cells can make such a certificate; MisdiagnosedTest has one",
            "close-without-notify",
            "a completed connection that ends so is no failed handshake, and the cells cut no data off",
            "invalid-configuration",
            "a JVM with such a setting plays no other cell; RefusalsTest has the texts",
            "master-secret-refused",
            "a JVM with the property refuses other cells; MisdiagnosedTest has three",
            "provider-failure",
            "no cell has a provider that fails; KnownRefusalTest has one",
            "refused-after-handshake",
            "no cell has a library that checks names itself; RefusingClientsTest plays four");

    private static final Pattern FIRST_LINE =
            Pattern.compile("(?m)^ {4,}([a-z0-9-]+) \\((certain|likely|possible)\\): ");

    @Test
    void everyCauseIsCaptured() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (CauseId cause : Catalogue.entries()) {
            missing.add(cause.id());
        }
        for (String name : GoldenCapture.names()) {
            for (String family : GoldenExpectations.of(name).values()) {
                Matcher line = FIRST_LINE.matcher(family);
                while (line.find()) {
                    missing.remove(line.group(1));
                }
            }
        }
        Set<String> unexplained = new TreeSet<>(missing);
        unexplained.removeAll(NOT_CAPTURED.keySet());
        assertThat(unexplained)
                .as(
                        "causes that answer no golden handshake: add a cell (CONTRIBUTING, A new cause), or the reason to NOT_CAPTURED")
                .isEmpty();
        Set<String> captured = new TreeSet<>(NOT_CAPTURED.keySet());
        captured.removeAll(missing);
        assertThat(captured)
                .as("causes of NOT_CAPTURED that a golden handshake has by now: remove them there")
                .isEmpty();
    }
}
