package dev.tlscope.agent.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.EventSink;
import dev.tlscope.agent.record.NoOwner;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pair is compared once, even if the key manager creates a new object of the key for each handshake. */
class KeyPairCheckTest {
    private final List<QueuedEvent> offered = new ArrayList<>();
    private final EventSink outlet = offered::add;
    private final Recorder recorder = new Recorder(outlet, true);
    private final KeyPairCheck check = new KeyPairCheck(recorder);
    private final Connection connection = recorder.open(new Object(), new NoOwner(), false);

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void aKeyIsComparedOnceAndAnotherAgain(String algorithm) throws Exception {
        KeyPair own = pair(algorithm);
        X509Certificate[] chain = {certificate(own)};
        for (int handshake = 0; handshake < 100; handshake++) {
            check.add(connection, copy(own.getPrivate()), chain, "alias");
        }
        assertThat(offered).hasSize(1);

        check.add(connection, pair(algorithm).getPrivate(), chain, "alias");
        check.add(connection, copy(own.getPrivate()), chain, "alias");
        assertThat(offered).hasSize(3);
        assertThat(offered.stream().map(QueuedEvent::resolve).map(KeyPairCheckTest::match))
                .containsExactly(null, "no", null);
        assertThat(check.warnings()).hasSize(1);
    }

    private static @Nullable String match(@Nullable Event event) {
        return event == null ? null : event.text(Field.MATCH);
    }

    private static KeyPair pair(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair pair) throws Exception {
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        String algorithm = pair.getPrivate().getAlgorithm();
        ContentSigner signer = new JcaContentSignerBuilder(
                        algorithm.startsWith("Ed") ? "Ed25519" : "SHA256with" + algorithm.replace("EC", "ECDSA"))
                .build(pair.getPrivate());
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(60)),
                                name,
                                pair.getPublic())
                        .build(signer));
    }

    private static PrivateKey copy(PrivateKey key) throws Exception {
        return KeyFactory.getInstance(key.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }
}
