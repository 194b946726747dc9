package dev.tlscope.agent.stack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStreamTest {
    private static final String HANDSHAKE = "1603030004" + "0e000000";
    private static final String ALERT = "1503030002" + "0228";

    private final List<String> records = new ArrayList<>();
    private final RecordStream stream = new RecordStream();

    private void add(byte[] bytes) {
        stream.add(bytes, this::record);
    }

    private void record(byte[] bytes, boolean tls) {
        records.add((tls ? "" : "other ") + HexFormat.of().formatHex(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 7, 16, 100})
    void buffersMayCutRecordsAnywhere(int size) {
        byte[] all = HexFormat.of().parseHex(HANDSHAKE + ALERT + HANDSHAKE);
        for (int at = 0; at < all.length; at += size) {
            add(Arrays.copyOfRange(all, at, Math.min(all.length, at + size)));
        }
        assertThat(records).containsExactly(HANDSHAKE, ALERT, HANDSHAKE);
    }

    @Test
    void whatIsNoRecordEndsIt() {
        byte[] plain = "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII);
        add(HexFormat.of().parseHex(ALERT));
        add(plain);
        add(HexFormat.of().parseHex(ALERT));
        assertThat(records).containsExactly(ALERT, "other " + HexFormat.of().formatHex(plain));
    }

    @Test
    void fewerBytesThanAHeaderAreShownAtTheEnd() {
        add(new byte[] {'h', 'i'});
        assertThat(records).isEmpty();
        stream.end(this::record);
        stream.end(this::record);
        assertThat(records).containsExactly("other 6869");
    }

    @Test
    void aRecordLongerThanTlsAllowsIsNone() {
        add(HexFormat.of().parseHex("160303ffff00"));
        assertThat(records).containsExactly("other 160303ffff00");
    }
}
