package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9525, 6.3: a wildcard stands for one whole leftmost label. */
class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, true",
        "A.Example, a.eXAMPLE, true",
        "a.example, b.example, false",
        "a.example, *.example, true",
        "a.b.example, *.example, false",
        "example, *.example, false",
        "127.0.0.1, 127.0.0.1, true",
        "a.example, a*.example, false"
    })
    void matches(String host, String name, boolean expected) {
        assertThat(HostNames.matches(host, List.of(name))).isEqualTo(expected);
    }
}
