package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Tshark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every protocol, key exchange and cipher of each JDK, in full and resumed, by socket and engine: client and server
 * captured the same values, and each value follows from its input by this test's own HKDF and PRF.
 */
class SecretsTest {
    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicNode> everyValueFollowsFromItsInput() {
        return Jdk.all().stream().map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk)));
    }

    private Stream<DynamicTest> tests(Jdk jdk) {
        Bench bench = new Bench(directory.resolve(jdk.toString().replace(' ', '-')));
        List<String> cells = run(bench, jdk);
        CapturedCells captured = CapturedCells.read(bench.captures());
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest(
                "cells", () -> assertThat(captured.names()).containsAll(cells)));
        tests.add(DynamicTest.dynamicTest("tshark: Finished of each side", () -> bothFinished(bench, cells.size())));
        for (String cell : cells) {
            tests.add(DynamicTest.dynamicTest(cell, () -> check(jdk, cell, captured)));
        }
        return tests.stream();
    }

    private static List<String> run(Bench bench, Jdk jdk) {
        if (!bench.directory().toFile().mkdirs()) {
            throw new IllegalStateException("cannot make " + bench.directory());
        }
        List<String> options = List.of(
                "-Djava.security.properties=" + bench.permissivePolicy(),
                bench.agent("secrets=on,keep=all,quiet=true"));
        try (ForkedJvm jvm = bench.program(
                jdk, options, "capture.KeyExchangeRun", "--pki", Bench.pki().toString())) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            // JDK 28 itself prints a warning about TLS_RSA
            assertThat(jvm.err()).doesNotContain("tlscope", "Exception");
            return jvm.out()
                    .lines()
                    .filter(line -> line.startsWith("cell "))
                    .map(line -> line.substring("cell ".length()))
                    .toList();
        }
    }

    /** Uses only the records of the handshake; an engine wraps the last flight after JSSE has completed. */
    private static void bothFinished(Bench bench, int cells) {
        List<String> finished = bench.captures().stream()
                .flatMap(file -> Tshark.read(
                                file,
                                "-Y",
                                "tls.handshake.type == 20",
                                "-T",
                                "fields",
                                "-e",
                                "tcp.stream",
                                "-e",
                                "frame.packet_flags_direction")
                        .lines()
                        .map(line -> file.getFileName() + " " + line))
                .toList();
        assertThat(finished)
                .as("in each direction, in the capture of either side")
                .hasSize(4 * cells);
        assertThat(finished).doesNotHaveDuplicates();
    }

    private static void check(Jdk jdk, String cell, CapturedCells captured) {
        CapturedSecrets client = captured.of(cell, "client");
        CapturedSecrets server = captured.of(cell, "server");
        assertThat(client.values()).isEqualTo(server.values()).isNotEmpty();
        assertThat(client.withoutMaker()).isEmpty();
        assertThat(server.withoutMaker()).isEmpty();
        boolean resumed = cell.endsWith("-resumed");
        if (cell.startsWith("tlsv13")) {
            Tls13Check check = new Tls13Check(client, cell.contains("sha384") ? "SHA-384" : "SHA-256");
            check.schedule();
            check.proofs(server);
            check.keyUpdates(2);
            if (resumed) {
                check.psk(captured.of(cell.replace("-resumed", "-full"), "client"));
            }
            if (jdk.version() >= 25) {
                check.exporter();
            }
        } else {
            LegacyCheck check = new LegacyCheck(client, cell);
            check.schedule(resumed);
            check.finished(server);
        }
        assertThat(client.proofs()).allSatisfy(proof -> {
            if (proof.has(Field.RECEIVED)) {
                assertThat(proof.bytes(Field.RECEIVED)).isEqualTo(proof.bytes(Field.BYTES));
            }
        });
    }
}
