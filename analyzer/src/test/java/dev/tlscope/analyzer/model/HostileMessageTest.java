package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.tls.ContentType;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Messages from an attacker or a broken peer: findings, never exceptions, and bounded memory. */
class HostileMessageTest {
    /** ClientHello of RFC 8448, 3. */
    private static final byte[] CLIENT_HELLO = HexFormat.of()
            .parseHex("010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece70000"
                    + "06130113031302010000910000000b0009000006736572766572ff01000100000a00140012001d00"
                    + "17001800190100010101020103010400230000003300260024001d002099381de560e4bd43d23d8e"
                    + "435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d0020001e040305030603"
                    + "020308040805080604010501060102010402050206020202002d00020101001c00024001");

    @Test
    void readsTheClientHelloOfRfc8448() {
        Hello hello = Hello.parse(message(CLIENT_HELLO)).orElseThrow();
        assertThat(hello.serverName()).isEqualTo("server");
        assertThat(hello.cipherSuites()).containsExactly(0x1301, 0x1303, 0x1302);
        assertThat(hello.offeredVersions()).containsExactly("TLSv1.3");
        assertThat(hello.random()).startsWith(0xcb, 0x34).endsWith(0xec, 0xe7);
    }

    @Test
    void aTruncatedOrAlteredHelloNeverThrows() {
        for (int length = 0; length < CLIENT_HELLO.length; length++) {
            assertThat(Hello.parse(message(Arrays.copyOf(CLIENT_HELLO, length))))
                    .isEmpty();
        }
        Random random = new Random(1);
        for (int run = 0; run < 20_000; run++) {
            byte[] altered = CLIENT_HELLO.clone();
            for (int i = 0; i < 3; i++) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            Hello.parse(message(altered)).ifPresent(hello -> {
                assertThat(hello.offeredVersions()).hasSizeLessThan(altered.length);
                assertThat(hello.applicationProtocols()).hasSizeLessThan(altered.length);
                assertThat(String.valueOf(hello.serverName())).hasSizeLessThan(altered.length);
            });
        }
    }

    @Test
    void randomCertificateMessagesGiveNoCertificate() {
        Random random = new Random(2);
        for (int run = 0; run < 5_000; run++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(Certificates.chain(message(bytes), run % 2 == 0)).isEmpty();
        }
    }

    @Test
    void aCompressedCertificateUnpacksToItsLengthOnly() {
        byte[] plain = HexFormat.of().parseHex("00000000");
        assertThat(CompressedCertificate.unpack(compressed(plain, plain.length))
                        .orElseThrow()
                        .bytes())
                .isEqualTo(HexFormat.of().parseHex("0b00000400000000"));
        assertThat(CompressedCertificate.unpack(compressed(plain, plain.length + 1)))
                .as("longer than it is")
                .isEmpty();
        assertThat(CompressedCertificate.unpack(compressed(new byte[2 << 20], 2 << 20)))
                .as("a bomb")
                .isEmpty();
    }

    /** RFC 8879, 4: algorithm zlib, the length when unpacked, the packed Certificate. */
    private static Message compressed(byte[] plain, int length) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 64];
        int size = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(25);
        put3(bytes, 2 + 3 + 3 + size);
        bytes.write(0);
        bytes.write(1);
        put3(bytes, length);
        put3(bytes, size);
        bytes.write(packed, 0, size);
        return message(bytes.toByteArray());
    }

    private static void put3(ByteArrayOutputStream bytes, int value) {
        bytes.write(value >> 16);
        bytes.write(value >> 8);
        bytes.write(value);
    }

    private static Message message(byte[] bytes) {
        return new Message(false, ContentType.HANDSHAKE, bytes, 0);
    }
}
