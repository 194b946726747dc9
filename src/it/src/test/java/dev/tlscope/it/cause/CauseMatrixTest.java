package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every cause by side, transport and version, provoked in one JVM per JDK that holds both ends, and explained from its capture.
 */
class CauseMatrixTest {
    /**
     * A realistic policy: it disables what the cells protocol-disabled and weak-dh need, and allows RSA key exchange.
     */
    private static final String POLICY = "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, RC4, DES, MD5withRSA,"
            + " DH keySize < 1024, EC keySize < 224, anon, NULL\n";

    private static final int MOST_LINES = 15;

    private static final CauseCoverage COVERAGE = new CauseCoverage("CauseMatrixTest");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicNode> everyCauseIsNamed() {
        return Jdk.all().stream().map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk)));
    }

    @AfterAll
    static void coverageIsDocumented() throws IOException {
        COVERAGE.check();
    }

    private Stream<DynamicNode> tests(Jdk jdk) {
        Bench bench = new Bench(directory.resolve("jdk-" + jdk.version()));
        PlayedCells cells;
        try {
            Files.createDirectory(bench.directory());
            cells = play(bench, jdk);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<JsonNode> failures = new ArrayList<>();
        List<JsonNode> warnings = new ArrayList<>();
        ExplainedFailures.of(bench)
                .failures()
                .forEach(it -> (it.get("outcome").asText().equals("warning") ? warnings : failures).add(it));
        List<JsonNode> alone = new ArrayList<>();
        ExplainedFailures.alone(bench).failures().forEach(alone::add);
        List<DynamicNode> tests = new ArrayList<>(cells.tests(new ArrayList<>(alone)));
        tests.add(DynamicTest.dynamicTest("with both ends", () -> checkBoth(alone, failures)));
        tests.add(DynamicTest.dynamicTest("warnings of the JVM", () -> checkWarnings(warnings)));
        tests.add(DynamicTest.dynamicTest("text has at most 15 lines a failure", () -> checkText(bench)));
        return tests.stream();
    }

    private static PlayedCells play(Bench bench, Jdk jdk) throws IOException {
        return new PlayedCells(jdk, playAll(bench, jdk), CauseExpectations.ALL, COVERAGE);
    }

    /** The output of the JVM that played all cells. */
    static String playAll(Bench bench, Jdk jdk) throws IOException {
        Path policy = Files.writeString(bench.directory().resolve("cells.security"), POLICY);
        List<String> options = List.of(
                "-Djava.security.properties=" + policy, "-Djdk.tls.ephemeralDHKeySize=1024", bench.agent("quiet=true"));
        try (ForkedJvm jvm = bench.program(jdk, options, "cells.CauseCells")) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            return jvm.out();
        }
    }

    /**
     * With both ends in the capture, each end's evidence counts for the other, and a certain answer from one end stays
     * the same.
     */
    private static void checkBoth(List<JsonNode> alone, List<JsonNode> both) {
        Map<Long, JsonNode> byConnection = new HashMap<>();
        both.forEach(it -> byConnection.put(it.get("connection").asLong(), it));
        assertThat(both).hasSameSizeAs(alone);
        for (JsonNode own : alone) {
            JsonNode told = byConnection.get(own.get("connection").asLong());
            if (own.get("confidence").asText().equals("certain")) {
                String all = own.toPrettyString() + "\n" + told.toPrettyString();
                assertThat(told.get("confidence").asText()).as(all).isEqualTo("certain");
                // a message of a resumption that failed, or of a connection that closed, was altered between the two
                boolean altered = Set.of("resumption-failed", "peer-closed")
                        .contains(own.get("cause").asText());
                assertThat(told.get("cause").asText())
                        .as(all)
                        .isIn(own.get("cause").asText(), altered ? "transcript-altered" : "");
            }
        }
        assertThat(both)
                .filteredOn(it -> it.get("cause").asText().equals("no-usable-key"))
                .filteredOn(it -> it.get("role").asText().equals("client"))
                .isNotEmpty()
                .allMatch(it -> ExplainedFailures.value(it, "source").equals("the server's capture"));
    }

    /**
     * Warnings are findings without a handshake: each mismatched pair made a handshake fail, and is reported with that
     * handshake.
     */
    private static void checkWarnings(List<JsonNode> warnings) {
        // a client of TLS 1.3 that sent no certificate may have completed before it was refused
        warnings.removeIf(it -> it.get("cause").asText().equals("client-certificate-missing"));
        assertThat(warnings)
                .extracting(it -> it.get("cause").asText())
                .containsExactly("keystore-password", "keystore-password");
        assertThat(warnings).allSatisfy(it -> {
            assertThat(it.get("confidence").asText()).isEqualTo("certain");
            assertThat(ExplainedFailures.value(it, "alias")).isEqualTo("entry-0");
            assertThat(ExplainedFailures.value(it, "key store type")).isEqualTo("PKCS12");
            assertThat(ExplainedFailures.value(it, "exception")).startsWith("java.security.UnrecoverableKeyException");
        });
        assertThat(warnings)
                .extracting(it -> ExplainedFailures.value(it, "key manager"))
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
