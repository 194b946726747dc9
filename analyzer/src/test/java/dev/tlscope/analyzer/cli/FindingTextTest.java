package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Catalogue;
import dev.tlscope.analyzer.cause.SuiteCaptures;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the text of every finding for the captures of the unit tests to {@link FindingTextRules}. */
class FindingTextTest {
    static Stream<Path> captures() throws IOException {
        return SuiteCaptures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everyTextIsWhole(Path capture) {
        assertThat(FindingTextRules.broken(capture)).isEmpty();
    }

    /** Shows that the test can fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "See the bytes: tlscope show --full CAPTURE. | no option of tlscope show: --full",
                "Run tlscope prove CAPTURE. | no command: tlscope prove CAPTURE",
                "Capture again with secret=on. | no option of the agent: secret=on",
                "The reasons above are why. | nothing above: The reasons above",
                "Read the exception: tlscope does not yet know this failure by name. | a failure without a name",
                "See the bytes: tlscope show --hex CAPTURE. |",
                "Capture at the peer with secrets=on and records=all. |",
                "The value above is the peer's. |"
            })
    void aTextThatIsNotIsFound(String fix, String fault) {
        Finding finding = new Finding(
                Catalogue.of("internal").orElseThrow(),
                Confidence.POSSIBLE,
                "x",
                List.of(new Evidence("value", "1")),
                List.of(fix));

        assertThat(FindingTextRules.faults(finding)).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    @Test
    void aFactWithoutAValueSaysThatItIsNotKnown() {
        assertThat(new Evidence("who ended it", "").value()).isEqualTo("not known");
        assertThat(Evidence.captured("suite", null).value()).isEqualTo("not captured");
    }
}
