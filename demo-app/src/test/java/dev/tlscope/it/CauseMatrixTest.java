package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every cause by side, transport and version, provoked in one JVM per JDK that holds both ends, and told from its capture.
 */
class CauseMatrixTest {
    /** As some operator's: forbids what the cells' protocol-disabled and weak-dh run into, allows RSA key exchange. */
    private static final String POLICY = "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, RC4, DES, MD5withRSA,"
            + " DH keySize < 1024, EC keySize < 224, anon, NULL\n";

    private static final int MOST_LINES = 15;

    private static final CauseCoverage COVERAGE = new CauseCoverage("CauseMatrixTest");

    @TempDir
    private Path directory;

    /**
     * A cell as its JVM played it.
     *
     * @param line what the JVM printed, with both outcomes
     */
    private record Cell(String name, String port, String family, String version, String transport, String line) {
        static Cell parse(String line) {
            String[] part = line.split("\t", -1);
            return new Cell(part[1], part[2], part[3], part[4], part[5], line);
        }

        boolean owns(JsonNode handshake) {
            String asked = handshake.path("serverName").asText();
            String end = handshake.get("role").asText().equals("server") ? "local" : "peer";
            return asked.endsWith(".cells.test")
                    ? asked.equals(name)
                    : handshake.path(end).asText().endsWith(":" + port);
        }
    }

    @TestFactory
    Stream<DynamicNode> everyCauseIsNamed() {
        return Jdk.all().stream().map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk)));
    }

    @AfterAll
    static void writeCoverage() throws IOException {
        COVERAGE.write();
    }

    private Stream<DynamicNode> tests(Jdk jdk) {
        Bench bench = new Bench(directory.resolve("jdk-" + jdk.version()));
        List<Cell> cells;
        List<JsonNode> failures = new ArrayList<>();
        try {
            Files.createDirectory(bench.directory());
            cells = play(bench, jdk);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<JsonNode> warnings = new ArrayList<>();
        Explained.of(bench)
                .failures()
                .forEach(it -> (it.get("outcome").asText().equals("warning") ? warnings : failures).add(it));
        List<DynamicNode> tests = new ArrayList<>();
        for (Cell cell : cells) {
            List<CauseExpectation> expected = CauseExpectations.ALL.stream()
                    .filter(it -> it.family().equals(cell.family))
                    .toList();
            List<JsonNode> own = failures.stream().filter(cell::owns).toList();
            failures.removeAll(own);
            for (CauseExpectation it : expected) {
                tests.add(DynamicTest.dynamicTest(
                        cell.family + " " + it.role() + " " + cell.version + " " + cell.transport,
                        () -> check(jdk, cell, it, own)));
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
        tests.add(DynamicTest.dynamicTest("warnings of the JVM", () -> checkWarnings(warnings)));
        tests.add(DynamicTest.dynamicTest(
                "every failure belongs to a cell", () -> assertThat(failures).isEmpty()));
        tests.add(DynamicTest.dynamicTest("text has at most 15 lines a failure", () -> checkText(bench)));
        return tests.stream();
    }

    private static List<Cell> play(Bench bench, Jdk jdk) throws IOException {
        Path policy = Files.writeString(bench.directory().resolve("cells.security"), POLICY);
        List<String> options = List.of(
                "-Djava.security.properties=" + policy, "-Djdk.tls.ephemeralDHKeySize=1024", bench.agent("quiet=true"));
        try (Jvm jvm = bench.demo(jdk, options, "cells.CauseCells")) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            List<String> lines = jvm.out().lines().toList();
            assertThat(lines).last().isEqualTo("done");
            return lines.stream()
                    .filter(line -> line.startsWith("cell\t"))
                    .map(Cell::parse)
                    .toList();
        }
    }

    private static void check(Jdk jdk, Cell cell, CauseExpectation expected, List<JsonNode> own) {
        List<JsonNode> here = own.stream()
                .filter(it -> it.get("role").asText().equals(expected.role()))
                .toList();
        if (here.isEmpty()) {
            if (!expected.optional()) {
                fail("nothing was captured: " + cell.line);
            }
            COVERAGE.add(expected, cell.version, cell.transport, jdk);
            return;
        }
        JsonNode failure = here.get(0);
        String all = cell.line + "\n" + failure.toPrettyString();
        assertThat(failure.get("cause").asText()).as(all).matches(expected.cause());
        assertThat(failure.get("confidence").asText()).as(all).matches(expected.confidence());
        assertThat(failure.get("transport").asText()).as(all).isEqualTo(cell.transport);
        List<String> ids = new ArrayList<>(List.of(failure.get("cause").asText()));
        for (JsonNode candidate : failure.path("candidates")) {
            assertThat(candidate.get("confidence").asText()).as(all).isNotEqualTo("certain");
            ids.add(candidate.get("cause").asText());
        }
        if (!expected.candidate().isEmpty()) {
            assertThat(ids).as(all).contains(expected.candidate());
        }
        // A race's other right answer has other evidence.
        if (!failure.get("cause").asText().equals("connection-reset")
                || expected.cause().equals("connection-reset")) {
            for (String[] fact : expected.facts()) {
                assertThat(Explained.value(failure, fact[0]))
                        .as(fact[0] + " in " + all)
                        .containsPattern(fact[1]);
            }
        }
        COVERAGE.add(expected, cell.version, cell.transport, jdk);
    }

    /** What no handshake tells: the mismatched pairs all made one fail, so that they are told there. */
    private static void checkWarnings(List<JsonNode> warnings) {
        assertThat(warnings)
                .extracting(it -> it.get("cause").asText())
                .containsExactly("keystore-password", "keystore-password");
        assertThat(warnings).allSatisfy(it -> {
            assertThat(it.get("confidence").asText()).isEqualTo("certain");
            assertThat(Explained.value(it, "alias")).isEqualTo("entry-0");
            assertThat(Explained.value(it, "key store type")).isEqualTo("PKCS12");
            assertThat(Explained.value(it, "exception")).startsWith("java.security.UnrecoverableKeyException");
        });
        assertThat(warnings)
                .extracting(it -> Explained.value(it, "key manager"))
                .containsExactly("sun.security.ssl.SunX509KeyManagerImpl", "sun.security.ssl.X509KeyManagerImpl");
    }

    private static void checkText(Bench bench) {
        Bench.Ran ran = bench.cli(Jdk.current(), "explain", bench.out().toString());
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        for (String failure : ran.out().split("\n\n", -1)) {
            assertThat(failure.strip().lines().count()).as(failure).isLessThanOrEqualTo(MOST_LINES);
        }
    }
}
