package dev.tlscope.agent.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a peer put into a certificate stays one harmless line in somebody's log. */
class PlainTextTest {
    @Test
    void itIsOneLine() {
        assertThat(PlainText.of("CN=a\nERROR forged\r\t\u001b[31m\u2028x")).isEqualTo("CN=a?ERROR forged???[31m?x");
    }

    @Test
    void noLookUpBeginsInIt() {
        assertThat(PlainText.of("CN=${jndi:ldap://x}$")).isEqualTo("CN=$ {jndi:ldap://x}$");
        assertThat(PlainText.of("$${x}")).isEqualTo("$$ {x}");
    }

    @Test
    void itEnds() {
        assertThat(PlainText.of("x".repeat(10_000))).hasSize(500);
        assertThat(PlainText.ofNullable(null)).isNull();
    }
}
