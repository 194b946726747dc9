package dev.tlscope.agent.stack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClearMessagesTest {
    private static final String RECORD = "1603030000"; // the header's length is not read here
    private static final String RANDOM = "11".repeat(32);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A ServerHello with a session id of four bytes and these extensions. */
    private static byte[] serverHello(String random, String extensions) {
        String body = "0303" + random + "04aabbccdd" + "1301" + "00" + length(extensions) + extensions;
        return hex("0200" + length(body) + body);
    }

    private static String length(String hex) {
        return String.format("%04x", hex.length() / 2);
    }

    @Test
    void messagesAreJoinedFromRecordsAndSplit() {
        ClearMessages messages = new ClearMessages();
        assertThat(messages.add(hex(RECORD + "0e000000" + "0b0000"), 5)).containsExactly(hex("0e000000"));
        assertThat(messages.isWithin()).isTrue();
        assertThat(messages.add(hex(RECORD + "02"), 5)).isEmpty();
        List<byte[]> rest = messages.add(hex(RECORD + "abcd" + "0e000000"), 5);
        assertThat(rest).containsExactly(hex("0b000002abcd"), hex("0e000000"));
        assertThat(messages.isWithin()).isFalse();
    }

    @Test
    void theVersionIsThatOfTheExtension() {
        assertThat(ClearMessages.selectsTls13(serverHello(RANDOM, "000500020000" + "002b00020304")))
                .isTrue();
        assertThat(ClearMessages.selectsTls13(serverHello(RANDOM, "002b00020303")))
                .isFalse();
        assertThat(ClearMessages.selectsTls13(serverHello(RANDOM, "ff01000100")))
                .isFalse();
        assertThat(ClearMessages.selectsTls13(hex("02000002" + "0303"))).isFalse();
    }
}
