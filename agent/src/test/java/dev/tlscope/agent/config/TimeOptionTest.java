package dev.tlscope.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOptionTest {
    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "5m, 300", "2h, 7200", "1d, 86400", "0, 0"})
    void isReadInSeconds(String text, long seconds) throws OptionException {
        assertThat(options("for=" + text).seconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1w", "m", "999999d", "1.5h"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> options("for=" + text))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("option for is not a time: '" + text + "'");
    }

    @Test
    void thereIsNoEndUnlessItIsSet() throws OptionException {
        assertThat(options("").seconds()).isZero();
    }

    private static Options options(String arguments) throws OptionException {
        return Options.parse(arguments, Collections.emptyMap(), Collections.emptyMap());
    }
}
