package dev.tlscope.it.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ExplainedFailures;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All cases that one JVM played, and the finding of explain for each.
 *
 * @param cases in the order in which they were played
 * @param failures of the captures, by the host of the case
 */
record RawPlay(List<PlayedRefusal> cases, List<Path> captures, Map<String, List<JsonNode>> failures) {
    /** Allows TLS 1.0 and 1.1 and RSA key exchange. */
    private static final String POLICY = "jdk.tls.disabledAlgorithms=SSLv3, RC4, DES, MD5withRSA,"
            + " DH keySize < 1024, EC keySize < 224, anon, NULL\n";

    /** A client's first share is then for P-256, which the raw server supports on every JDK. */
    private static final String GROUPS = "-Djdk.tls.namedGroups=secp256r1,secp384r1,secp521r1,x25519,ffdhe2048";

    static RawPlay on(Jdk jdk, Bench bench) {
        List<PlayedRefusal> cases = run(jdk, bench);
        Map<String, List<JsonNode>> failures = new HashMap<>();
        for (JsonNode failure : ExplainedFailures.of(bench).failures()) {
            failures.computeIfAbsent(failure.path("peerHost").asText(), host -> new ArrayList<>())
                    .add(failure);
        }
        return new RawPlay(cases, bench.captures(), failures);
    }

    /** The finding for a case; missing when nothing of the case was captured. */
    JsonNode failure(PlayedRefusal played) {
        List<JsonNode> own = failures.getOrDefault(played.host(), List.of());
        return own.isEmpty() ? MissingNode.getInstance() : own.get(0);
    }

    /** The errors in the answer; empty when it is right. */
    Set<String> faults(PlayedRefusal played) {
        List<JsonNode> own = failures.getOrDefault(played.host(), List.of());
        if (own.size() != 1) {
            return Set.of(own.size() + " failures captured");
        }
        Set<String> faults = new LinkedHashSet<>(RawAnswers.of(played).faults(own.get(0)));
        String role = own.get(0).get("role").asText();
        if (!role.equals(played.role())) {
            faults.add("role " + role);
        }
        return faults;
    }

    private static List<PlayedRefusal> run(Jdk jdk, Bench bench) {
        try {
            Files.createDirectory(bench.directory());
            Path policy = Files.writeString(bench.directory().resolve("raw.security"), POLICY);
            List<String> options = List.of("-Djava.security.properties=" + policy, GROUPS, bench.agent("quiet=true"));
            try (ForkedJvm jvm =
                    bench.program(jdk, options, "raw.RefusalRun", Bench.pki().toString())) {
                assertThat(jvm.exitCode()).as(jvm.err()).isZero();
                assertThat(jvm.out().lines()).last().isEqualTo("done");
                return jvm.out()
                        .lines()
                        .filter(line -> line.startsWith("case\t"))
                        .map(PlayedRefusal::parse)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
