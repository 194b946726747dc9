package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over all captures that the tests have: where one cause is certain, no other is certain of the same handshake. */
class CertainIsAloneTest {
    static Stream<Path> captures() throws IOException {
        return SuiteCaptures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void noOtherCauseIsCertain(Path capture) {
        for (Handshake handshake : SuiteCaptures.handshakes(capture)) {
            if (handshake.failed()) {
                assertThat(certain(handshake))
                        .as("connection %d of %s", handshake.connection(), capture)
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static Set<CauseId> certain(Handshake handshake) {
        Set<CauseId> certain = new LinkedHashSet<>();
        for (Cause cause : Causes.ORDER) {
            if (cause instanceof KnownRefusal && !certain.isEmpty()) {
                continue; // it names the check that refused, where no cause decides from more
            }
            cause.examine(handshake)
                    .filter(finding -> finding.confidence() == Confidence.CERTAIN)
                    .filter(finding -> Causes.agrees(handshake, finding))
                    .map(Finding::cause)
                    .filter(id -> id != Internal.INTERNAL) // it says who threw, and another cause why
                    .ifPresent(certain::add);
        }
        return certain;
    }
}
