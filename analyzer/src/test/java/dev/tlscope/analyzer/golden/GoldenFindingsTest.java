package dev.tlscope.analyzer.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The findings for every handshake of the golden captures: cause, confidence, evidence and fix, from its own end and
 * with the other end, and the results of {@code verify}. {@code -Dtlscope.write=true} writes the expectations again:
 * review the diff.
 */
class GoldenFindingsTest {
    @TestFactory
    List<DynamicTest> isToldAsExpected() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : GoldenCapture.names()) {
            GoldenCapture capture = GoldenCapture.of(name);
            List<String> families = GoldenExpectations.families(capture);
            if (Boolean.getBoolean("tlscope.write")) {
                GoldenExpectations.write(capture);
            }
            Map<String, String> expected = GoldenExpectations.of(name);
            for (String family : families) {
                tests.add(DynamicTest.dynamicTest(
                        name + ": " + family,
                        () -> assertThat(GoldenExpectations.told(capture, family))
                                .isEqualTo(expected.getOrDefault(family, ""))));
            }
            tests.add(DynamicTest.dynamicTest(
                    name + ": no other family",
                    () -> assertThat(expected.keySet()).isSubsetOf(families)));
        }
        return tests;
    }
}
