package dev.tlscope.agent.stack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.tls.SecretLabel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretLineTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void labelRandomAndSecret() {
        SecretLine line = SecretLine.of(ascii("SERVER_TRAFFIC_SECRET_0 00ff10 Ab01cd"));
        assertThat(line).isNotNull();
        assertThat(line.label).isEqualTo(SecretLabel.SERVER_TRAFFIC_SECRET_0);
        assertThat(line.clientRandom).isEqualTo(HexFormat.of().parseHex("00ff10"));
        assertThat(line.secret).isEqualTo(HexFormat.of().parseHex("ab01cd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CLIENT_RANDOM",
                "CLIENT_RANDOM 00",
                "CLIENT_RANDOM 00 ",
                "CLIENT_RANDOM 00 0",
                "CLIENT_RANDOM 00 0g",
                "CLIENT_RANDOM  00",
                "RSA 00 00",
                "# CLIENT_RANDOM 00"
            })
    void otherLinesHaveNone(String line) {
        assertThat(SecretLine.of(ascii(line))).isNull();
    }
}
