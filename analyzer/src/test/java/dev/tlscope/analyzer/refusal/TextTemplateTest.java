package dev.tlscope.analyzer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Received fatal alert: {} | Received fatal alert: bad_certificate | bad_certificate",
                "Received fatal alert: {} | (bad_certificate) Received fatal alert: bad_certificate | bad_certificate",
                "Received handshake warning: {} | received handshake warning: no_renegotiation | no_renegotiation",
                "The size ({}) exceeds the maximum ({}) | The size (70000) exceeds the maximum (32768) | 70000;32768",
                "{} bytes of additional data | 7 bytes of additional data | 7",
                "Bad size, length = {} | Bad size, length = -3 | -3",
                "extension ({}) in {} | extension (alpn (16)) in server_hello | alpn (16);server_hello",
                "a{}b{}b | a1b2b3b | 1;2b3",
                "no cipher suites in common | no cipher suites in common | ``",
            })
    void itsPlacesAreRead(String template, String said, String values) {
        assertThat(TextTemplate.of(template).match(RaisedText.of(said)).orElseThrow())
                .isEqualTo(values.isEmpty() ? java.util.List.of() : java.util.List.of(values.split(";")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no cipher suites in common | no cipher suites in common for hello retry request",
                "no cipher suites in common for hello retry request | no cipher suites in common",
                "Unexpected content: {} | Unknown content: 99",
                "The size ({}) exceeds the maximum ({}) | The size (70000) exceeds the maximum",
                "a{}bc{}c | abc",
                "a{}a | a",
                "(Certificate) missing | missing",
            })
    void anotherTextIsNotIts(String template, String said) {
        assertThat(TextTemplate.of(template).match(RaisedText.of(said))).isEmpty();
    }

    @Test
    void aTextThatAnyTextIsLikeIsNotSpecific() {
        assertThat(TextTemplate.of("").isSpecific()).isFalse();
        assertThat(TextTemplate.of("({}) {}").isSpecific()).isFalse();
        assertThat(TextTemplate.of("{} {}: LDAP").isSpecific()).isTrue();
    }
}
