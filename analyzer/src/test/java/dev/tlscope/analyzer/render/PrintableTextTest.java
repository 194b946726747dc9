package dev.tlscope.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A peer's names neither control a terminal nor fill it. */
class PrintableTextTest {
    @Test
    void replacesControlCharacters() {
        assertThat(PrintableText.of("a\u001b[2Jb\r\nc\u0000")).isEqualTo("a?[2Jb??c?");
    }

    @Test
    void cutsALongNameWithACount() {
        assertThat(PrintableText.of("asked for " + "x$".repeat(50_000) + " and got y"))
                .isEqualTo("asked for " + "x$".repeat(256) + "... (99488 more characters) and got y");
    }

    @Test
    void cutsManyNamesWithACount() {
        String names = "CN=a, ".repeat(10_000);
        assertThat(PrintableText.of(names)).isEqualTo(names.substring(0, 4_000) + "... (56000 more characters)");
    }

    @Test
    void leavesTheListsOfARealClientHelloWhole() {
        String suites = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ".repeat(60);
        assertThat(PrintableText.of(suites)).isEqualTo(suites);
    }
}
