package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.AliasVerdict;
import dev.tlscope.analyzer.model.AliasVerdict.Reason;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why JSSE's key managers chose or rejected an alias. */
class AliasChoiceTest {
    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void eachAliasHasItsReason(Jdk jdk) throws Exception {
        Bench bench = new Bench(directory);
        try (ForkedJvm jvm = bench.briefProgram(jdk, List.of(bench.agent("keep=all,quiet=true")), "cells.AliasRun")) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            assertThat(jvm.out()).isEqualTo("ok\nok\nfailed\nfailed\n");
        }
        List<Handshake> handshakes = new ArrayList<>();
        for (Path file : bench.captures()) {
            Handshakes builder = new Handshakes(file, handshakes::add);
            CaptureReader.read(file, builder);
            builder.end();
        }
        List<Map<String, Reason>> clients = reasons(handshakes, "client");
        List<Map<String, Reason>> servers = reasons(handshakes, "server");

        assertThat(servers).hasSize(4).allMatch(Map.of("ec", Reason.CHOSEN, "rsa", Reason.KEY_TYPE)::equals);
        assertThat(clients)
                .containsExactly(
                        Map.of("stranger", Reason.ISSUER, "good", Reason.CHOSEN),
                        Map.of(
                                "stranger",
                                Reason.ISSUER,
                                "good",
                                Reason.CHOSEN,
                                "expired",
                                Reason.DATES,
                                "for-servers",
                                Reason.KEY_USAGE),
                        Map.of("stranger", Reason.ISSUER),
                        Map.of("stranger", Reason.ISSUER));
        assertThat(AliasChoices.of(handshakes.stream()
                                .filter(Handshake::isClient)
                                .findFirst()
                                .orElseThrow())
                        .toString())
                .contains("CN=stranger issuing,O=nobody we know", "CN=cells issuing,O=tlscope cells");
        String shown =
                InProcessCommand.run("show", bench.captures().get(0).toString()).out();
        assertThat(shown)
                .contains("alias good chosen: ", "alias stranger passed over: its chain is by ", ": has none")
                .contains("alias rsa passed over: its key is RSA, requested: EC");
    }

    private static List<Map<String, Reason>> reasons(List<Handshake> handshakes, String role) {
        return handshakes.stream()
                .filter(handshake -> handshake.role().equals(role))
                .sorted((a, b) -> Long.compare(a.timeNanos(), b.timeNanos()))
                .map(handshake -> {
                    Map<String, Reason> reasons = new TreeMap<>();
                    for (AliasVerdict alias : AliasChoices.of(handshake)) {
                        assertThat(alias.chosen()).isEqualTo(alias.reason() == Reason.CHOSEN);
                        reasons.put(alias.alias(), alias.reason());
                    }
                    return reasons;
                })
                .toList();
    }
}
