package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void colourIsLeftOutWhenItIsNotWanted() {
        assertThat(Terminal.wantsColour(Map.of())).isTrue();
        assertThat(Terminal.wantsColour(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.wantsColour(Map.of("NO_COLOR", "0"))).isFalse();
    }

    @Test
    void aDumbTerminalGetsNoSequences() {
        assertThat(Terminal.isObedient(Map.of())).isTrue();
        assertThat(Terminal.isObedient(Map.of("TERM", "xterm-256color"))).isTrue();
        assertThat(Terminal.isObedient(Map.of("TERM", "dumb"))).isFalse();
    }
}
