package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Causes at the peer's side, with OpenSSL's and GnuTLS's programs as the other end: they send other alerts, in another
 * order, than JSSE.
 */
class OpenSslCauseTest {
    private static final CauseCoverage COVERAGE = new CauseCoverage("OpenSslCauseTest");

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicNode> whatThePeerRefusesIsNamed() {
        for (String program : List.of("openssl", "gnutls-cli", "gnutls-serv")) {
            assumeInstalled(program);
        }
        return Jdk.all().stream().map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk)));
    }

    @AfterAll
    static void coverageIsDocumented() throws IOException {
        COVERAGE.check();
    }

    private Stream<DynamicNode> tests(Jdk jdk) {
        try {
            Bench bench = new Bench(Files.createDirectory(directory.resolve("jdk-" + jdk.version())));
            String out = playAll(bench, jdk);
            List<JsonNode> failures = new ArrayList<>();
            ExplainedFailures.of(bench).failures().forEach(failures::add);
            return new PlayedCells(jdk, out, ForeignExpectations.ALL, COVERAGE).tests(failures).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of the JVM that played all cells. */
    static String playAll(Bench bench, Jdk jdk) throws IOException {
        Path pem = Files.createDirectory(bench.directory().resolve("pem"));
        List<String> options = List.of(
                "-Djava.security.properties=" + bench.permissivePolicy(),
                // the default's helper needs a newer C library than a JDK of another Debian release finds here
                "-Djdk.lang.Process.launchMechanism=FORK",
                bench.agent("quiet=true"));
        try (ForkedJvm jvm = bench.program(jdk, options, "cells.ForeignCells", pem.toString())) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            return jvm.out();
        }
    }

    private static void assumeInstalled(String program) {
        boolean found = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        if (!found && System.getProperty("tlscope.matrix", "off").equals("required")) {
            throw new IllegalStateException("the matrix lacks " + program);
        }
        Assumptions.assumeTrue(found, "skipped: " + program + " is not installed");
    }
}
