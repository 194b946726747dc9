package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every certain answer for the captures of the unit tests to {@link CertaintyRules}. */
class CertainIsProvenTest {
    static Stream<Path> captures() throws IOException {
        return SuiteCaptures.all().stream();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void certainIsProvenAndAlone(Path capture) {
        assertThat(CertaintyRules.broken(capture)).isEmpty();
    }

    /** Shows that the test can fail: an answer that rests only on JSSE's text is not proven. */
    @Test
    void oneSignIsNoProof() {
        assertThat(CertaintyRules.isProvenBy(() -> true, () -> false, () -> false))
                .isFalse();
        assertThat(CertaintyRules.isProvenBy(() -> true, () -> true, () -> false))
                .isTrue();
        assertThat(CertaintyRules.isProvenBy(() -> false, () -> false, () -> true))
                .isTrue();
    }
}
