package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.tls.ContentType;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Two hellos have equal offers if and only if they offer the same, because results for one are reused for the other.
 */
class HelloOfferTest {
    private static final String GROUPS = "000a 0004 0002 001d";

    @Test
    void doesNotTellRandomSessionAndKeyShareApart() {
        Hello one = hello("11", "22".repeat(32), "1301 1302", GROUPS + "0033 0002 0000");
        Hello other = hello("33", "", "1301 1302", GROUPS + "0033 0004 0000 0000");
        assertThat(one.offer()).isEqualTo(other.offer());
    }

    @Test
    void tellsWhatIsOfferedApart() {
        byte[] offer = hello("11", "", "1301 1302", GROUPS).offer();
        assertThat(hello("11", "", "1302 1301", GROUPS).offer()).isNotEqualTo(offer);
        assertThat(hello("11", "", "1301 1302", "000a 0004 0002 0017").offer()).isNotEqualTo(offer);
        assertThat(hello("11", "", "1301 1302", GROUPS + "0017 0000").offer()).isNotEqualTo(offer);
    }

    /** The same numbers, once as cipher suites and once as extension types. */
    @Test
    void tellsSuitesAndExtensionsApart() {
        assertThat(hello("11", "", "1301 0016", "0017 0000").offer())
                .isNotEqualTo(hello("11", "", "1301", "0016 0000 0017 0000").offer());
    }

    private static Hello hello(String random, String session, String suites, String extensions) {
        String id = String.format("%02x", session.length() / 2) + session;
        String body = "0303" + random.repeat(32) + id + block(suites) + "0100" + block(extensions);
        String message = "01" + String.format("%06x", body.length() / 2) + body;
        return Hello.parse(
                        new Message(true, ContentType.HANDSHAKE, HexFormat.of().parseHex(message), 0))
                .orElseThrow();
    }

    private static String block(String hex) {
        String content = hex.replace(" ", "");
        return String.format("%04x", content.length() / 2) + content;
    }
}
