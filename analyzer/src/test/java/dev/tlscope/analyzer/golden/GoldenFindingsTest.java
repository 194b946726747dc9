package dev.tlscope.analyzer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The findings for every handshake of the golden captures: cause, confidence, evidence and fix, from its own end and
 * with the other end, and the results of {@code verify}. {@code -Dtlscope.write=true} writes the expectations again:
 * review the diff.
 */
class GoldenFindingsTest {
    /**
     * True in a JVM in which PIT tests mutants, until its plugin has executed the class to find the dynamic tests. Each class
     * that is mutated has such a JVM, which would spend most of its time with that.
     */
    private static final AtomicBoolean SEARCH = new AtomicBoolean(
            System.getProperty("sun.java.command", "").startsWith("org.pitest.mutationtest.execute."));

    @TestFactory
    List<DynamicTest> isToldAsExpected() throws IOException {
        boolean search = SEARCH.getAndSet(false);
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : GoldenCapture.names()) {
            GoldenCapture capture = GoldenCapture.of(name);
            List<String> families = GoldenExpectations.families(capture);
            if (Boolean.getBoolean("tlscope.write")) {
                GoldenExpectations.write(capture);
            }
            Map<String, String> expected = GoldenExpectations.of(name);
            for (String family : families) {
                tests.add(DynamicTest.dynamicTest(name + ": " + family, () -> {
                    if (!search) {
                        assertThat(GoldenExpectations.told(capture, family))
                                .isEqualTo(expected.getOrDefault(family, ""));
                    }
                }));
            }
            tests.add(DynamicTest.dynamicTest(
                    name + ": no other family",
                    () -> assertThat(expected.keySet()).isSubsetOf(families)));
        }
        return tests;
    }
}
