package dev.tlscope.analyzer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tlscope.seal.Recipient;
import dev.tlscope.seal.SealedOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a sealed file gives back, whole, cut, changed, and to another key. Bouncy Castle reads the same segments. */
class SealedCaptureTest {
    private static final byte[] PLAIN = new byte[120_000];

    private static KeyPair pair;
    private static Recipient recipient;
    private static OpeningKey key;

    /** The segments of a file: one of a flush, three of a large write, the rest, and the empty one. */
    private static List<byte[]> segments;

    @BeforeAll
    static void seal() throws Exception {
        new Random(7).nextBytes(PLAIN);
        pair = pair("RSA", 2048);
        recipient = Recipient.read(pem("CERTIFICATE", certificate(pair, "SHA256withRSA")));
        key = OpeningKey.read(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        segments = split(sealed(PLAIN));
    }

    @Test
    void wholeItGivesBackWhatWasWritten() throws IOException {
        assertThat(segments).hasSize(5);
        assertThat(new String(join(segments), StandardCharsets.ISO_8859_1)
                        .indexOf(new String(PLAIN, 0, 8, StandardCharsets.ISO_8859_1)))
                .isNegative();
        expect(segments, SealedCapture.Kind.COMPLETE, PLAIN.length);
    }

    @Test
    void bouncyCastleReadsEachSegment() throws Exception {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (byte[] segment : segments) {
            plain.writeBytes(new CMSAuthEnvelopedData(segment)
                    .getRecipientInfos()
                    .iterator()
                    .next()
                    .getContent(new JceKeyTransAuthEnvelopedRecipient(pair.getPrivate())
                            .setProvider(new BouncyCastleProvider())));
        }
        assertThat(plain.toByteArray()).isEqualTo(PLAIN);
    }

    @Test
    void cutAtAnyPlaceItGivesTheSegmentsBeforeIt() throws IOException {
        byte[] all = join(segments);
        int first = segments.get(0).length;
        for (int end = 0; end < all.length; end += end > first - 9 && end < first + 9 ? 1 : 997) {
            int whole = 0;
            int plain = 0;
            for (byte[] segment : segments) {
                if (whole + segment.length > end) {
                    break;
                }
                whole += segment.length;
                plain += plain(segment);
            }
            SealedCapture.Kind kind = whole == 0 ? SealedCapture.Kind.REFUSED : SealedCapture.Kind.CUT;
            SealedCapture.Ending ending = expect(List.of(Arrays.copyOf(all, end)), kind, plain);
            assertThat(ending.offset()).isEqualTo(whole);
        }
        expect(segments.subList(0, 4), SealedCapture.Kind.CUT, PLAIN.length);
    }

    @Test
    void noSegmentIsLeftOutExchangedRepeatedOrAdded() throws IOException {
        int first = plain(segments.get(0));
        List<byte[]> exchanged = new ArrayList<>(segments);
        Collections.swap(exchanged, 1, 2);
        expect(exchanged, SealedCapture.Kind.DAMAGED, first);
        List<byte[]> without = new ArrayList<>(segments);
        without.remove(1);
        expect(without, SealedCapture.Kind.DAMAGED, first);
        List<byte[]> repeated = new ArrayList<>(segments);
        repeated.add(1, segments.get(0));
        expect(repeated, SealedCapture.Kind.DAMAGED, first);
        List<byte[]> after = new ArrayList<>(segments);
        after.add(segments.get(4));
        expect(after, SealedCapture.Kind.DAMAGED, PLAIN.length);
        List<byte[]> foreign = new ArrayList<>(segments);
        foreign.set(1, split(sealed(PLAIN)).get(1));
        expect(foreign, SealedCapture.Kind.DAMAGED, first);
    }

    @Test
    void aChangedSegmentIsNotUsed() throws IOException {
        int first = plain(segments.get(0));
        byte[] second = segments.get(1);
        for (int at : new int[] {second.length - 1, second.length - 17, second.length - 40, second.length / 2}) {
            byte[] changed = second.clone();
            changed[at] ^= 1;
            expect(List.of(segments.get(0), changed, segments.get(2)), SealedCapture.Kind.DAMAGED, first);
        }
        // the number of the segment, made to fit another place
        byte[] moved = segments.get(2).clone();
        byte[] place = ByteBuffer.allocate(12).putLong(4, 2).array();
        for (int at = 0; at + 12 < 700; at++) {
            if (Arrays.equals(moved, at, at + 12, place, 0, 12)) {
                moved[at + 11] = 1;
            }
        }
        assertThat(moved).isNotEqualTo(segments.get(2));
        expect(List.of(segments.get(0), moved), SealedCapture.Kind.DAMAGED, first);
    }

    @Test
    void anotherKeyDoesNotOpenIt() throws Exception {
        OpeningKey other = OpeningKey.read(
                pem("PRIVATE KEY", pair("RSA", 2048).getPrivate().getEncoded()));
        SealedCapture.Ending ending =
                SealedCapture.open(new ByteArrayInputStream(join(segments)), other, new ByteArrayOutputStream());
        assertThat(ending.kind()).isEqualTo(SealedCapture.Kind.REFUSED);
        assertThat(ending.reason()).contains("not sealed for that key");
    }

    @Test
    void whatIsNotSealedIsRefused() throws IOException {
        expect(List.of(new byte[0]), SealedCapture.Kind.REFUSED, 0);
        expect(List.of(new byte[] {10, 13, 13, 10, 0, 0, 0}), SealedCapture.Kind.REFUSED, 0);
        expect(List.of(new byte[] {0x30, 0x05, 2, 1, 0, 2, 0}), SealedCapture.Kind.REFUSED, 0);
    }

    @Test
    void aCertificateThatCannotBeUsedIsRefusedInWords() throws Exception {
        assertThatThrownBy(() -> Recipient.read("key".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageStartingWith("it has no certificate in PEM");
        byte[] elliptic = pem("CERTIFICATE", certificate(pair("EC", 256), "SHA256withECDSA"));
        assertThatThrownBy(() -> Recipient.read(elliptic)).hasMessageContaining("not RSA; name one for RSA");
        byte[] small = pem("CERTIFICATE", certificate(pair("RSA", 1024), "SHA256withRSA"));
        assertThatThrownBy(() -> Recipient.read(small)).hasMessageContaining("has 1024 bits; name");
        byte[] cut = pem("CERTIFICATE", Arrays.copyOf(certificate(pair, "SHA256withRSA"), 300));
        assertThatThrownBy(() -> Recipient.read(cut)).hasMessageContaining("does not parse");
        byte[] encrypted = pem("ENCRYPTED PRIVATE KEY", new byte[8]);
        assertThatThrownBy(() -> OpeningKey.read(encrypted)).hasMessageContaining("openssl pkcs8 -topk8");
    }

    private static SealedCapture.Ending expect(List<byte[]> parts, SealedCapture.Kind kind, int bytes)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SealedCapture.Ending ending = SealedCapture.open(new ByteArrayInputStream(join(parts)), key, out);
        assertThat(ending.kind()).as(ending.reason()).isEqualTo(kind);
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(PLAIN, bytes));
        return ending;
    }

    private static byte[] sealed(byte[] plain) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SealedOutput out = new SealedOutput(file, recipient)) {
            out.write(plain, 0, 1000);
            out.flush();
            out.flush();
            out.write(plain, 1000, plain.length - 1000);
            assertThat(out.written()).isEqualTo(file.size());
        }
        return file.toByteArray();
    }

    /** Bytes of plaintext in one segment of {@link #PLAIN}. */
    private static int plain(byte[] segment) {
        int index = segments.indexOf(segment);
        int large = SealedOutput.MOST_IN_SEGMENT;
        return List.of(1000, large, large, PLAIN.length - 1000 - 2 * large, 0).get(index);
    }

    /** As after a write that failed: the file's key and what was not written yet are not left in memory. */
    @Test
    void afterAnAbandonedFileNothingIsLeftInMemory() throws Exception {
        SealedOutput out = new SealedOutput(new ByteArrayOutputStream(), recipient);
        out.write(new byte[] {1, 2, 3});
        out.forget();
        for (String name : List.of("key", "pending")) {
            Field field = SealedOutput.class.getDeclaredField(name);
            field.setAccessible(true);
            assertThat((byte[]) field.get(out)).containsOnly(0);
        }
        assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
    }

    private static List<byte[]> split(byte[] all) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int length = 4 + (((all[at + 2] & 0xff) << 8) | (all[at + 3] & 0xff));
            parts.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        return parts;
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static KeyPair pair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static byte[] certificate(KeyPair of, String signature) throws Exception {
        X500Principal name = new X500Principal("CN=operator, O=Example");
        return new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(4711),
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.ofEpochMilli(1L << 42)),
                        name,
                        of.getPublic())
                .build(new JcaContentSignerBuilder(signature).build(of.getPrivate()))
                .getEncoded();
    }

    private static byte[] pem(String what, byte[] der) {
        String text = "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + what + "-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
