package dev.tlscope.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever starts a JVM can refuse its secrets to all who attach. */
class ForbiddenSecretsTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> PROPERTY = Map.of("tlscope.secrets", "forbidden");
    private static final Map<String, String> VARIABLE = Map.of("TLSCOPE_SECRETS", "forbidden");

    @Test
    void noArgumentAllowsThemAgain() {
        assertThatThrownBy(() -> Options.parse("secrets=on", PROPERTY, NOTHING))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("forbids secrets (system property tlscope.secrets");
        assertThatThrownBy(() -> Options.parse("keep=all,secrets=on", NOTHING, VARIABLE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("environment TLSCOPE_SECRETS");
    }

    @Test
    void noPropertyAllowsThemAgainThatTheApplicationSets() {
        assertThatThrownBy(() -> Options.parse("", Map.of("tlscope.secrets", "on"), VARIABLE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("forbids secrets");
    }

    @Test
    void aCaptureWithoutThemIsAllowed() throws OptionException {
        Options options = Options.parse("keep=all", PROPERTY, NOTHING);
        assertThat(options.secrets()).isFalse();
        assertThat(options.text(Option.SECRETS)).isEqualTo("off");
        assertThat(options.origin(Option.SECRETS)).isEqualTo("system property tlscope.secrets");
        assertThat(Options.parse("secrets=off", PROPERTY, NOTHING).secrets()).isFalse();
    }
}
