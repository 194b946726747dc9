package dev.tlscope.it.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tlscope.analyzer.cause.CertaintyRules;
import dev.tlscope.analyzer.cli.FindingTextRules;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refusals of JSSE that no TLS implementation provokes: a raw client and a raw server play them against one JVM per
 * JDK, and explain must give the answers in raw/answers.txt. Answers that differ are written to target/raw-wrong.txt.
 */
class RawRefusalTest {
    private static final int LEAST_REFUSALS = 150;

    /** The whole matrix: with fewer JDKs, a case that is wrong on a missing one would seem right. */
    private static final int ALL_JDKS = 6;

    @TempDir
    private Path directory;

    private final WrongAnswers wrong = new WrongAnswers();

    @TestFactory
    Stream<DynamicNode> everyRefusalIsExplained() {
        List<Jdk> jdks = Jdk.all();
        Stream<DynamicNode> played =
                jdks.stream().map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk)));
        return Stream.concat(
                played,
                Stream.of(DynamicTest.dynamicTest(
                        "known wrong answers are still wrong", () -> checkKnownWrong(jdks.size()))));
    }

    private Stream<DynamicNode> tests(Jdk jdk) {
        RawPlay play = RawPlay.on(jdk, new Bench(directory.resolve("jdk-" + jdk.version())));
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("the peer plays to the end", () -> checkScripts(play.cases())));
        tests.add(DynamicTest.dynamicTest("the refusals differ", () -> checkVariety(play.cases())));
        tests.add(DynamicTest.dynamicTest("every failure belongs to a case", () -> checkOwners(play)));
        tests.add(DynamicTest.dynamicTest("what is certain is proven, and alone", () -> checkCertainty(play)));
        tests.add(DynamicTest.dynamicTest("every text is whole", () -> checkTexts(play)));
        Map<String, List<PlayedRefusal>> refused = new LinkedHashMap<>();
        for (PlayedRefusal it : play.cases()) {
            if (it.isRefused()) {
                refused.computeIfAbsent(it.name(), name -> new ArrayList<>()).add(it);
            }
        }
        refused.forEach((name, all) -> tests.add(DynamicTest.dynamicTest(name, () -> check(jdk, play, name, all))));
        return tests.stream();
    }

    /** A script ends, or JSSE refuses something; it fails for no other reason, and JSSE does not wait for more. */
    private static void checkScripts(List<PlayedRefusal> all) {
        assertThat(all).noneMatch(it -> it.script().startsWith("broken"));
        assertThat(all).noneMatch(it -> it.outcome().contains("timed out"));
        assertThat(all.stream()
                        .filter(it -> !it.isRefused())
                        .filter(it -> !RawAnswers.of(it).optional()))
                .as("not refused")
                .isEmpty();
    }

    private static void checkVariety(List<PlayedRefusal> all) {
        Set<String> names = new HashSet<>();
        Set<String> refusals = new HashSet<>();
        for (PlayedRefusal it : all) {
            names.add(it.name());
            if (it.isRefused()) {
                refusals.add(it.refusal());
            }
        }
        assertThat(refusals).hasSizeGreaterThanOrEqualTo(LEAST_REFUSALS);
        assertThat(RawAnswers.rows()).extracting(RawAnswer::name).allMatch(names::contains);
    }

    private static void checkOwners(RawPlay play) {
        Set<String> hosts = new HashSet<>();
        play.cases().forEach(it -> hosts.add(it.host()));
        assertThat(play.failures().keySet()).isSubsetOf(hosts);
    }

    private static void checkCertainty(RawPlay play) {
        assertThat(play.captures()).isNotEmpty();
        assertThat(play.captures().stream().map(CertaintyRules::broken).flatMap(List::stream))
                .isEmpty();
    }

    private static void checkTexts(RawPlay play) {
        assertThat(play.captures().stream().map(FindingTextRules::broken).flatMap(Set::stream))
                .isEmpty();
    }

    private void check(Jdk jdk, RawPlay play, String name, List<PlayedRefusal> all) {
        Map<PlayedRefusal, Set<String>> faults = new LinkedHashMap<>();
        for (PlayedRefusal it : all) {
            Set<String> found = play.faults(it);
            if (!found.isEmpty()) {
                faults.put(it, found);
                wrong.add(jdk, it, found, play.failure(it));
            }
        }
        if (!RawAnswers.knownWrong().contains(name)) {
            assertThat(faults)
                    .as(() -> play.failure(faults.keySet().iterator().next()).toPrettyString())
                    .isEmpty();
        }
    }

    /** A case that has become right must not become wrong again unnoticed. */
    private void checkKnownWrong(int jdks) throws IOException {
        wrong.write(Path.of("target", "raw-wrong.txt"));
        assumeThat(jdks).isGreaterThanOrEqualTo(ALL_JDKS);
        assertThat(RawAnswers.knownWrong())
                .as("take these off raw/known-wrong.txt: they are right on all JDKs")
                .allMatch(wrong.cases()::contains);
    }
}
