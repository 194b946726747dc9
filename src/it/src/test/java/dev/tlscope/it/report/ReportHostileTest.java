package dev.tlscope.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tlscope report} for captures that are empty, tiny, truncated or hostile. */
class ReportHostileTest {
    private static final String HOSTILE =
            "</script><img src=x onerror=window.hit=1>\"'`${window.hit=1}\u202e{{script}}";
    private static final String SHOWN = HOSTILE.replace("\u202e", "\\u202e");
    private static final String HOSTILE_HOST = HOSTILE.replace("\u202e", "");

    /** The longest that a common name may be (RFC 5280, A.1). */
    private static final String HOSTILE_NAME = "</script><img src=x onerror=window.hit=1>";

    @TempDir
    private Path directory;

    @Test
    void showsHostileTextAsText() throws Exception {
        Bench bench = new Bench(directory);
        Path capture = Files.createDirectories(bench.out()).resolve("hostile.pcapng");
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(capture))) {
            for (Event event : hostile()) {
                writer.write(event);
            }
        }
        Reported reported = Reported.of(bench, 0, capture);
        assertThat(Files.readString(reported.page())).doesNotContain("onerror");
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.open(reported.page(), 1000, 900, false);
            assertThat(browser.value("document.querySelector('.row .c-sni').textContent")
                            .asText())
                    .isEqualTo(HOSTILE_HOST);
            browser.click(".bars button");
            assertThat(browser.value("document.querySelector('#chips').textContent")
                            .asText())
                    .isNotEmpty();
            browser.click(".row");
            browser.waitFor("document.getElementById('panel').open");
            browser.click(".title button");
            String panel = browser.value("document.getElementById('panel').textContent")
                    .asText();
            assertThat(panel).contains("alias " + SHOWN, SHOWN + ": " + SHOWN);
            assertThat(browser.value("document.querySelector('.chain').textContent")
                            .asText())
                    .as("subject, issuer, name")
                    .contains("img src=x onerror=window.hit=1", "names" + HOSTILE_NAME);
            assertThat(browser.value("document.querySelector('.open').textContent")
                            .asText())
                    .as("host_name")
                    .contains(HOSTILE_HOST);
            assertThat(browser.value("document.querySelectorAll('img').length + (window.hit || 0)")
                            .asInt())
                    .isZero();
            new PageAudit(browser).check("hostile");
        }
    }

    @Test
    void showsNothingOneAndWhatIsLeft() throws Exception {
        Bench bench = new Bench(directory);
        Path empty = Files.createDirectories(bench.out()).resolve("empty.pcapng");
        new CaptureWriter(Files.newOutputStream(empty)).close();
        Path one = bench.out().resolve("one.pcapng");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(bytes)) {
            for (Event event : hostile()) {
                writer.write(event);
            }
        }
        Files.write(one, bytes.toByteArray());
        try (Browser browser = Browser.start(directory.resolve("profile"))) {
            browser.open(Reported.of(bench, 0, empty).page(), 390, 844, false);
            assertThat(browser.value("document.querySelector('h1').textContent").asText())
                    .isEqualTo("No TLS handshake");
            assertThat(browser.value("document.querySelectorAll('.row,.plot').length")
                            .asInt())
                    .isZero();
            browser.click("#head button");
            browser.value(
                    "document.getElementById('rows').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))");
            new PageAudit(browser).check("empty");

            browser.open(Reported.of(bench, 0, one).page(), 390, 844, true);
            assertThat(browser.value("document.querySelector('h1').textContent").asText())
                    .isEqualTo("1 failure in 1 TLS handshake");
            assertThat(browser.value("document.querySelectorAll('.hit').length").asInt())
                    .isEqualTo(2);
            new PageAudit(browser).check("one");

            for (int part = 1; part <= 8; part++) {
                Path cut = bench.out().resolve("cut" + part + ".pcapng");
                // within a block, wherever blocks end, because their lengths are multiples of four (pcapng)
                int length = (bytes.size() * part / 9 & ~3) + 3;
                Files.write(cut, java.util.Arrays.copyOf(bytes.toByteArray(), length));
                Reported left = Reported.of(bench, 3, cut);
                browser.open(left.page(), 390, 844, false);
                assertThat(browser.value("document.querySelector('#notice').textContent")
                                .asText())
                        .contains("is damaged");
                browser.value("document.querySelector('.row')?.click()");
                new PageAudit(browser).check("cut " + part);
            }
        }
    }

    /** A client that fails on a certificate; every text in it is hostile. */
    private static java.util.List<Event> hostile() throws Exception {
        return java.util.List.of(
                new Event(EventType.CONNECTION, 1, 1_000_000_000L)
                        .put(Field.ROLE, "client")
                        .put(Field.TRANSPORT, HOSTILE)
                        .put(Field.LOCAL, HOSTILE)
                        .put(Field.PEER, HOSTILE)
                        .put(Field.PEER_HOST, HOSTILE),
                message("out", 1_000_100_000L, 1, clientHello()),
                message("in", 1_001_000_000L, 11, certificate()),
                message("in", 1_001_000_001L, 99, HOSTILE.getBytes(StandardCharsets.UTF_8)),
                new Event(EventType.KEY_PAIR, 1, 1_001_000_002L)
                        .put(Field.ALIAS, HOSTILE)
                        .put(Field.KEY_ALGORITHM, HOSTILE)
                        .put(Field.MATCH, "yes"),
                new Event(EventType.FAILURE, 1, 1_002_000_002L)
                        .put(Field.ALERT, 80)
                        .put(Field.PROTOCOL, HOSTILE)
                        .put(Field.CIPHER_SUITE, HOSTILE)
                        .put(Field.DIAGNOSTIC, HOSTILE)
                        .put(Field.EXCEPTION, HOSTILE + ": " + HOSTILE),
                new Event(EventType.CLOSED, 1, 1_002_000_003L));
    }

    private static Event message(String direction, long timeNanos, int type, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(type);
        bytes.write(block(3, body));
        return new Event(EventType.MESSAGE, 1, timeNanos)
                .put(Field.DIRECTION, direction)
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, bytes.toByteArray());
    }

    /** A ClientHello with a host_name that no DNS has (RFC 6066, 3). */
    private static byte[] clientHello() throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.write(0);
        name.write(block(2, HOSTILE_HOST.getBytes(StandardCharsets.US_ASCII)));
        ByteArrayOutputStream extension = new ByteArrayOutputStream();
        extension.write(new byte[] {0, 0});
        extension.write(block(2, block(2, name.toByteArray())));
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.write(new byte[] {3, 3});
        hello.write(new byte[32]);
        hello.write(block(1, new byte[0]));
        hello.write(block(2, new byte[] {(byte) 0xc0, 0x2f}));
        hello.write(block(1, new byte[1]));
        hello.write(block(2, extension.toByteArray()));
        return hello.toByteArray();
    }

    private static byte[] certificate() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var name = new X500NameBuilder().addRDN(BCStyle.CN, HOSTILE_NAME).build();
        byte[] encoded = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.ofEpochSecond(2_000_000_000L)),
                        name,
                        keys.getPublic())
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.rfc822Name, HOSTILE_NAME)))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
        return block(3, block(3, encoded));
    }

    /** The content, after its length. */
    private static byte[] block(int lengthBytes, byte[] content) {
        ByteBuffer whole = ByteBuffer.allocate(lengthBytes + content.length);
        for (int i = lengthBytes - 1; i >= 0; i--) {
            whole.put((byte) (content.length >> (8 * i)));
        }
        return whole.put(content).array();
    }
}
