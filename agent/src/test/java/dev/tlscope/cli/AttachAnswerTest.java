package dev.tlscope.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of JDK 8 and of later ones. */
class AttachAnswerTest {
    @ParameterizedTest
    @ValueSource(strings = {"0\n0\n", "0\nreturn code: 0\n", "0\n", "0"})
    void loaded(String answer) {
        assertThatCode(() -> AttachAnswer.check(answer)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0|100, cannot open tlscope.jar",
        "0|return code: 100, cannot open tlscope.jar",
        "0|return code: 102, cannot load the agent: 0 return code: 102",
        "-1|Dynamic agent loading is not enabled. Use -XX:+EnableDynamicAgentLoading, refuses agents",
        "-1|java.lang.module.FindException: Module java.instrument not found, was built without the module java.instrument",
        "101|Protocol version not supported, cannot load the agent: 101 Protocol"
    })
    void refused(String answer, String reason) {
        assertThatThrownBy(() -> AttachAnswer.check(answer.replace('|', '\n')))
                .isInstanceOf(AttachRefused.class)
                .hasMessageStartingWith(reason);
    }
}
