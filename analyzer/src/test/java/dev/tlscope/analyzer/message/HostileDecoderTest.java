package dev.tlscope.analyzer.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every decoder on altered, truncated, spliced and random bytes: never an exception, never a field outside the message.
 */
class HostileDecoderTest {
    private static final int RUNS = 20_000;

    private static final List<byte[]> SEEDS = List.of(
            seed("0303" + "11".repeat(32) + "00" + "0006130113021303" + "0100" + "0000"),
            seed("0303" + "11".repeat(32) + "00" + "0002c02f" + "0100" + "001c" + "00000009000700000461626364"
                    + "002b0003020304" + "00100005000302" + "6832"),
            seed("0303" + "11".repeat(32) + "00" + "1301" + "00" + "002e" + "00330024001d0020" + "22".repeat(32)
                    + "002b00020304"),
            seed("00" + "00001a" + "000015" + "30130201003003060100300c06032b6570030500aabbcc" + "0000"),
            seed("0001" + "000004" + "00000c" + "789c6360606060000000040001"),
            seed("03001d" + "20" + "33".repeat(32) + "0804" + "0004" + "01020304"),
            seed("0004" + "01020304" + "0002" + "0203" + "0003" + "010203" + "0804" + "0001" + "ff"),
            seed("00000e10" + "01020304" + "0100" + "0004aabbccdd" + "0008" + "002a000400004000"),
            seed("010000043003020101"));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16, 20, 22, 24, 25, 99})
    void aHandshakeMessageOfAnyBytesIsATreeWithinItself(int type) {
        Random random = new Random(type);
        int[][] terms = {
            {0x0304, 0x1301}, {0x0303, 0xc02f}, {0x0303, 0x009e}, {0x0302, 0x002f}, {0xfefd, 0x00a8}, {0, -1}
        };
        for (int run = 0; run < RUNS / 8; run++) {
            byte[] bytes = altered(random);
            bytes[0] = (byte) type;
            if (run % 4 != 0) {
                bytes[1] = (byte) ((bytes.length - 4) >> 16);
                bytes[2] = (byte) ((bytes.length - 4) >> 8);
                bytes[3] = (byte) (bytes.length - 4);
            }
            int[] of = terms[random.nextInt(terms.length)];
            check(new MessageDecoder(of[0], of[1]).decode(ContentType.HANDSHAKE, bytes), bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 21, 23, 255})
    void otherContentTypes(int contentType) {
        Random random = new Random(contentType);
        for (int run = 0; run < 2_000; run++) {
            byte[] bytes = new byte[random.nextInt(8)];
            random.nextBytes(bytes);
            check(new MessageDecoder().decode(contentType, bytes), bytes);
        }
    }

    private static byte[] altered(Random random) {
        byte[] seed = SEEDS.get(random.nextInt(SEEDS.size()));
        byte[] other = SEEDS.get(random.nextInt(SEEDS.size()));
        int from = random.nextInt(other.length);
        byte[] bytes = Arrays.copyOf(seed, 4 + random.nextInt(seed.length + 64));
        if (random.nextBoolean() && bytes.length > 8) {
            int at = 4 + random.nextInt(bytes.length - 4);
            System.arraycopy(other, from, bytes, at, Math.min(other.length - from, bytes.length - at));
        }
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            byte[] edges = {0, 1, 2, (byte) 0x7f, (byte) 0x80, (byte) 0xff};
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? (byte) random.nextInt() : edges[random.nextInt(edges.length)];
        }
        return bytes;
    }

    private static void check(DecodedMessage message, byte[] bytes) {
        List<DecodedField> all = new ArrayList<>(message.fields());
        for (int i = 0; i < all.size(); i++) {
            DecodedField field = all.get(i);
            if (field.length() > 0 && (field.offset() < 0 || field.end() > bytes.length)) {
                throw new AssertionError(
                        field + " is outside of " + HexFormat.of().formatHex(bytes));
            }
            // decompressed bytes have their own offsets
            if (!field.name().equals("Certificate")) {
                all.addAll(field.children());
            }
        }
        assertThat(all).hasSizeLessThan(2 * bytes.length + 40);
    }

    private static byte[] seed(String body) {
        return HexFormat.of().parseHex("00000000" + body);
    }
}
