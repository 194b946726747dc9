package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.Jdk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Cells of dev.tlscope.it.cells that one JVM played, with tests of the explanations at both sides. */
final class PlayedCells {
    private final Jdk jdk;
    private final CauseCoverage coverage;
    private final List<PlayedCell> cells;
    private final List<CauseExpectation> expectations;

    /**
     * A cell that was played.
     *
     * @param line what the JVM printed, with both outcomes
     */
    private record PlayedCell(String name, String port, String family, String version, String transport, String line) {
        static PlayedCell parse(String line) {
            String[] part = line.split("\t", -1);
            return new PlayedCell(part[1], part[2], part[3], part[4], part[5], line);
        }

        boolean owns(JsonNode handshake) {
            String asked = handshake.path("serverName").asText();
            String end = handshake.get("role").asText().equals("server") ? "local" : "peer";
            return asked.endsWith(".cells.test")
                    ? asked.equals(name)
                    : handshake.path(end).asText().endsWith(":" + port);
        }
    }

    /**
     * Reads the output of the cells' JVM.
     *
     * @param coverage receives the cells that pass
     */
    PlayedCells(Jdk jdk, String out, List<CauseExpectation> expectations, CauseCoverage coverage) {
        this.jdk = jdk;
        this.expectations = expectations;
        this.coverage = coverage;
        List<String> lines = out.lines().toList();
        assertThat(lines).last().isEqualTo("done");
        this.cells = lines.stream()
                .filter(line -> line.startsWith("cell\t"))
                .map(PlayedCell::parse)
                .toList();
    }

    /**
     * Tests of all cells, and one test that each failure belongs to a cell; removes the cells' failures from the list.
     */
    List<DynamicNode> tests(List<JsonNode> failures) {
        List<DynamicNode> tests = new ArrayList<>();
        for (PlayedCell cell : cells) {
            List<CauseExpectation> expected = expectations.stream()
                    .filter(it -> it.family().equals(cell.family))
                    .toList();
            List<JsonNode> own = failures.stream().filter(cell::owns).toList();
            failures.removeAll(own);
            for (CauseExpectation it : expected) {
                tests.add(DynamicTest.dynamicTest(
                        cell.family + " " + it.role() + " " + cell.version + " " + cell.transport,
                        () -> check(cell, it, own)));
            }
            tests.add(DynamicTest.dynamicTest(
                    cell.family + " " + cell.version + " " + cell.transport + ": no more",
                    () -> assertThat(own.stream().map(it -> it.get("role").asText()))
                            .as(cell.line)
                            .doesNotHaveDuplicates()
                            .isSubsetOf(expected.stream()
                                    .map(CauseExpectation::role)
                                    .toList())));
        }
        tests.add(DynamicTest.dynamicTest(
                "every failure belongs to a cell", () -> assertThat(failures).isEmpty()));
        return tests;
    }

    private void check(PlayedCell cell, CauseExpectation expected, List<JsonNode> own) {
        List<JsonNode> here = own.stream()
                .filter(it -> it.get("role").asText().equals(expected.role()))
                .toList();
        if (here.isEmpty()) {
            if (!expected.optional()) {
                fail("nothing was captured: " + cell.line);
            }
            coverage.add(expected, cell.version, cell.transport, jdk);
            return;
        }
        JsonNode failure = here.get(0);
        String all = cell.line + "\n" + failure.toPrettyString();
        assertThat(failure.get("cause").asText()).as(all).matches(expected.cause());
        assertThat(failure.get("confidence").asText()).as(all).matches(expected.confidence());
        assertThat(failure.get("transport").asText())
                .as(all)
                .isEqualTo(expected.transport().isEmpty() ? cell.transport : expected.transport());
        List<String> ids = new ArrayList<>(List.of(failure.get("cause").asText()));
        for (JsonNode candidate : failure.path("candidates")) {
            assertThat(candidate.get("confidence").asText()).as(all).isNotEqualTo("certain");
            ids.add(candidate.get("cause").asText());
        }
        if (!expected.candidate().isEmpty()) {
            assertThat(ids).as(all).contains(expected.candidate());
        }
        // The other right answer of a race has other evidence.
        if (!failure.get("cause").asText().equals("connection-reset")
                || expected.cause().equals("connection-reset")) {
            for (String[] fact : expected.facts()) {
                assertThat(ExplainedFailures.value(failure, fact[0]))
                        .as(fact[0] + " in " + all)
                        .containsPattern(fact[1]);
            }
        }
        coverage.add(expected, cell.version, cell.transport, jdk);
    }
}
