package dev.tlscope.agent.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.record.HandshakeOutcome;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which causes are named at once, each beside a case that looks like it and proves nothing. */
class OutcomeReportTest {
    private static final String NO_PATH = "sun.security.provider.certpath.SunCertPathBuilderException: unable to find"
            + " valid certification path to requested target";
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final Map<Long, Event> numbered = new HashMap<>();
    private final List<Event> events = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExpiredCertificateIsNamed(boolean tls13) throws Exception {
        receive(tls13, certificate("CN=leaf", "CN=ca", NOW.minusSeconds(60)), certificate("CN=ca", "CN=ca", later()));
        Event failure = raised(45, "java.security.cert.CertificateExpiredException: NotAfter: x")
                .put(Field.VALIDATION_REASON, "EXPIRED");
        OutcomeReport report = report(true, failure);
        assertThat(report.text(OutcomeName.ERROR_TYPE)).isEqualTo("certificate-expired");
        assertThat(report.sentence())
                .isEqualTo("TLS handshake failed (client to api.example 192.0.2.1:443): certificate-expired: the"
                        + " server's certificate CN=leaf expired at 2026-11-29T11:59:00Z");
        assertThat(report.values()).containsEntry(OutcomeName.CERTAIN, true).containsEntry(OutcomeName.PEER_PORT, 443L);
    }

    /** An old root that is sent along is no reason. */
    @Test
    void anExpiredCertificateThatNobodyComplainsOfIsNot() throws Exception {
        receive(false, certificate("CN=leaf", "CN=ca", later()), certificate("CN=ca", "CN=old", NOW.minusSeconds(60)));
        OutcomeReport report = report(true, raised(46, NO_PATH));
        assertThat(report.text(OutcomeName.ERROR_TYPE)).isEqualTo("certificate_unknown");
        assertThat(report.values()).containsEntry(OutcomeName.CERTAIN, false);
    }

    @Test
    void aRootThatIsNoAnchorIsNamed() throws Exception {
        receive(false, certificate("CN=leaf", "CN=ca", later()), certificate("CN=ca", "CN=ca", later()));
        trust(certificate("CN=another", "CN=another", later()));
        assertThat(report(true, raised(46, NO_PATH)).text(OutcomeName.ERROR_TYPE))
                .isEqualTo("untrusted-chain");
    }

    /** The path may lack a certificate, or one of it may be forbidden: explain finds out. */
    @ParameterizedTest
    @CsvSource({"CN=ca,CN=another", "CN=root,CN=another", "CN=ca,CN=leaf"})
    void noPathAloneProvesNothing(String issuerOfTheTop, String anchor) throws Exception {
        receive(false, certificate("CN=leaf", "CN=ca", later()), certificate("CN=ca", issuerOfTheTop, later()));
        trust(certificate(
                anchor.equals("CN=another") && issuerOfTheTop.equals("CN=ca") ? "CN=ca" : anchor, "CN=x", later()));
        OutcomeReport report = report(true, raised(46, NO_PATH));
        assertThat(report.text(OutcomeName.ERROR_TYPE)).isEqualTo("certificate_unknown");
        assertThat(report.sentence()).contains("no path leads from the server's certificate CN=leaf, issued by CN=ca");
    }

    @Test
    void anEmptyTrustStoreIsNamed() throws Exception {
        receive(false, certificate("CN=leaf", "CN=ca", later()));
        trust();
        assertThat(report(true, raised(46, NO_PATH)).text(OutcomeName.ERROR_TYPE))
                .isEqualTo("empty-trust-store");
    }

    @Test
    void theHostNameIsNamedWhereTheCheckerSaysSo() throws Exception {
        receive(false, certificate("CN=leaf", "CN=ca", later()));
        String words = "java.security.cert.CertificateException: No name matching api.example found";
        assertThat(report(true, raised(46, words)).text(OutcomeName.ERROR_TYPE))
                .as("an application's trust manager may say the same")
                .isEqualTo("certificate_unknown");
        Event checked = raised(46, words)
                .put(Field.FRAME, "java.base/sun.security.util.HostnameChecker.matchDNS(HostnameChecker.java:230)");
        assertThat(report(true, checked).text(OutcomeName.ERROR_TYPE)).isEqualTo("hostname-mismatch");
    }

    @Test
    void anOwnKeyThatIsNotTheCertificatesIsNamed() {
        events.add(
                new Event(EventType.KEY_PAIR, 7, nanos()).put(Field.MATCH, "no").put(Field.ALIAS, "web"));
        Event failure = failure(Direction.IN, 51);
        assertThat(report(false, failure).sentence())
                .endsWith("key-mismatch: this server's private key (alias web) does not belong to its certificate");
        assertThat(report(false, failure(Direction.IN, 46)).text(OutcomeName.ERROR_TYPE))
                .as("the peer refused the certificate, whatever its key is")
                .isEqualTo("certificate_unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "true, 70, '', no-common-protocol, true",
        "false, 70, '', protocol_version, false",
        "true, 70, TLSv1.2, protocol_version, false",
        "true, 40, '', handshake_failure, false"
    })
    void aReceivedAlertIsToldAsItIs(boolean client, int alert, String chosen, String type, boolean certain) {
        Event failure = failure(Direction.IN, alert).put(Field.PROTOCOL, chosen.isEmpty() ? null : chosen);
        OutcomeReport report = report(client, failure);
        assertThat(report.text(OutcomeName.ERROR_TYPE)).isEqualTo(type);
        assertThat(report.values())
                .containsEntry(OutcomeName.CERTAIN, certain)
                .containsEntry(OutcomeName.ALERT_DIRECTION, "received");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,no-common-cipher-suite", "TLSv1.2,handshake_failure"})
    void beforeTls13NoSuiteMayAlsoBeNoKey(String protocol, String type) {
        Event failure = raised(40, "javax.net.ssl.SSLHandshakeException: no cipher suites in common")
                .put(Field.PROTOCOL, protocol);
        assertThat(report(false, failure).text(OutcomeName.ERROR_TYPE)).isEqualTo(type);
    }

    /** JSSE makes unexpected_message of whatever the socket throws. */
    @Test
    void aLostConnectionIsNotTheAlertThatJsseMakesOfIt() {
        OutcomeReport report = report(false, raised(10, "java.net.SocketException: Connection reset"));
        assertThat(report.text(OutcomeName.ERROR_TYPE)).isEqualTo("java.net.SocketException");
        assertThat(report.sentence()).contains("the connection was lost: java.net.SocketException: Connection reset");
    }

    @Test
    void bytesThatAreNoCertificateAreNoTrouble() {
        for (byte[] odd :
                new byte[][] {{}, {11}, {11, 0, 0, 1, 0}, {11, 0, 0, 6, 0, 0, 3, 0, 0, 9}, {11, (byte) 255, 1, 1}}) {
            events.clear();
            events.add(message(odd));
            assertThat(report(true, raised(46, NO_PATH)).chain()).isEmpty();
        }
    }

    private OutcomeReport report(boolean client, Event ending) {
        List<Event> all = new ArrayList<>(events);
        all.add(
                0,
                new Event(EventType.CONNECTION, 7, nanos() - 1_000)
                        .put(Field.ROLE, client ? "client" : "server")
                        .put(Field.PEER_HOST, "api.example"));
        all.add(ending);
        return OutcomeReport.maker(numbered::get)
                .of(new HandshakeOutcome(7, true, all, "192.0.2.9:5000", "192.0.2.1:443", null));
    }

    private static Event raised(int alert, String exception) {
        return failure(Direction.OUT, alert).put(Field.EXCEPTION, exception);
    }

    private static Event failure(Direction direction, int alert) {
        return new Event(EventType.FAILURE, 7, nanos())
                .put(direction)
                .put(Field.ALERT, alert)
                .put(Field.CONFIGURATION, 1);
    }

    private void trust(X509Certificate... anchors) throws Exception {
        numbered.put(1L, new Event(EventType.CONFIGURATION, 0, 0).put(Field.TRUST_MANAGER_NUMBER, 2));
        Event manager = new Event(EventType.MANAGER, 0, 0).put(Field.ANCHOR_COUNT, anchors.length);
        for (X509Certificate anchor : anchors) {
            manager.put(Field.CERTIFICATE, anchor.getEncoded());
        }
        numbered.put(2L, manager);
    }

    /** A Certificate message in two records (RFC 5246, 7.4.2; RFC 8446, 4.4.2). */
    private void receive(boolean tls13, X509Certificate... chain) throws Exception {
        ByteBuffer list = ByteBuffer.allocate(20_000);
        for (X509Certificate certificate : chain) {
            byte[] encoded = certificate.getEncoded();
            list.put((byte) 0).putShort((short) encoded.length).put(encoded);
            if (tls13) {
                list.putShort((short) 0);
            }
        }
        list.flip();
        int before = tls13 ? 4 : 3;
        ByteBuffer message = ByteBuffer.allocate(4 + before + list.limit());
        message.putInt(11 << 24 | (before + list.limit()));
        if (tls13) {
            message.put((byte) 0);
        }
        message.put((byte) 0).putShort((short) list.limit()).put(list);
        byte[] bytes = message.array();
        events.add(message(java.util.Arrays.copyOfRange(bytes, 0, 100)));
        events.add(message(java.util.Arrays.copyOfRange(bytes, 100, bytes.length)));
    }

    private static Event message(byte[] bytes) {
        return new Event(EventType.MESSAGE, 7, nanos())
                .put(Direction.IN)
                .put(Field.CONTENT_TYPE, ContentType.HANDSHAKE)
                .put(Field.BYTES, bytes);
    }

    private static Instant later() {
        return NOW.plus(Duration.ofDays(30));
    }

    private static long nanos() {
        return NOW.getEpochSecond() * 1_000_000_000L;
    }

    private static X509Certificate certificate(String subject, String issuer, Instant end) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Name(issuer),
                                BigInteger.ONE,
                                Date.from(NOW.minus(Duration.ofDays(30))),
                                Date.from(end),
                                new X500Name(subject),
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }
}
