package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 500 healthy connections, both ends captured: no finding and no warning. Versions, suites, sockets and engines, client
 * authentication, resumption, sessions that were dropped, invalidated or timed out, renegotiation, KeyUpdate, ALPN,
 * SNI, and every proper way to close.
 */
class HealthyTest {
    private static final int CONNECTIONS = 500;

    /** Allows RSA key exchange, and makes TLS 1.3 update its keys after 64 KiB. */
    private static final String POLICY = """
            jdk.tls.disabledAlgorithms=SSLv3, RC4, DES, MD5withRSA, anon, NULL
            jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^16
            """;

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void nothingIsFound(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        Path policy = Files.writeString(directory.resolve("healthy.security"), POLICY);
        List<String> options = List.of("-Djava.security.properties=" + policy, bench.agent("quiet=true,keep=all"));
        try (ForkedJvm jvm = bench.program(jdk, options, "cells.HealthyCells", "" + CONNECTIONS)) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            List<String> played = jvm.out().lines().toList();
            assertThat(played).last().isEqualTo("done");
            assertThat(played).hasSizeGreaterThan(CONNECTIONS);
            assertThat(played.subList(0, played.size() - 1))
                    .allSatisfy(line -> assertThat(line).endsWith("\tserver ok\tclient ok"));
        }
        everyHandshakeHasItsRecords(bench);
        List<JsonNode> handshakes = new ArrayList<>();
        InProcessCommand.json("explain", List.of(bench.out()), "--all")
                .orElseThrow()
                .forEach(handshakes::add);
        // each connection at both ends, and the connections in memory that created the sessions
        assertThat(handshakes).hasSizeGreaterThan(2 * CONNECTIONS);
        assertThat(handshakes).allSatisfy(it -> {
            assertThat(it.get("outcome").asText()).as(it.toPrettyString()).isEqualTo("completed");
            assertThat(it.get("cause").isNull()).as(it.toPrettyString()).isTrue();
        });
        Bench.Ran text = InProcessCommand.run("explain", bench.out().toString());
        assertThat(text.out())
                .startsWith(String.format(Locale.ROOT, "no failed handshake in %,d connections", handshakes.size()));
    }

    /**
     * Counts handshakes by the ChangeCipherSpecs, which have their own records: each handshake has one, renegotiated or
     * not.
     */
    private static void everyHandshakeHasItsRecords(Bench bench) throws IOException {
        for (Path file : bench.captures()) {
            Handshakes handshakes = new Handshakes(
                    file,
                    handshake -> assertThat(changes(handshake, EventType.RECORD))
                            .as("%s of %s", handshake.role(), handshake.serverName())
                            .isEqualTo(changes(handshake, EventType.MESSAGE)));
            CaptureReader.read(file, handshakes);
            handshakes.end();
        }
    }

    private static long changes(Handshake handshake, EventType type) {
        return handshake.events().stream()
                .filter(event -> event.type() == type && "out".equals(event.text(Field.DIRECTION)))
                .filter(event -> event.number(Field.CONTENT_TYPE, 0) == 20)
                .count();
    }
}
