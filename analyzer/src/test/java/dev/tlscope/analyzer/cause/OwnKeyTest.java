package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** A private key that its peer cannot verify, and a pre-master that it does not decrypt. */
class OwnKeyTest {
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int BAD_RECORD_MAC = 20;
    private static final String NO_SCHEME = "No supported CertificateVerify signature algorithm for RSA  key";

    @Test
    void aKeyWithoutACommonSchemeIsCertain() throws Exception {
        Finding finding = unusable("RSA", "TLSv1.3", List.of("ecdsa_secp256r1_sha256", "ed25519"), NO_SCHEME)
                .orElseThrow();
        assertThat(finding.cause()).isSameAs(NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM);
        assertThat(finding.confidence()).isSameAs(Confidence.CERTAIN);
        assertThat(finding.summary())
                .startsWith("The client takes no signature that this server's key (RSA")
                .contains("alias orders-2026");
        assertThat(finding.evidence().toString())
                .contains("what=client takes, value=ecdsa_secp256r1_sha256, ed25519]", "what=common, value=none]")
                .contains("what=class of the private key, value=sun.security.pkcs11.P11Key]");
        assertThat(finding.fix())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Or have the client take rsa_pss_rsae_sha256"));
    }

    @Test
    void aProviderWithoutTheSchemeIsLikelyAndPssKeepsToTls12() throws Exception {
        Finding finding = unusable("RSA", "TLSv1.3", List.of("rsa_pss_rsae_sha256"), NO_SCHEME)
                .orElseThrow();
        assertThat(finding.confidence()).isSameAs(Confidence.LIKELY);
        assertThat(finding.summary()).startsWith("The provider of this server's key (RSA");
        assertThat(finding.fix())
                .hasSize(3)
                .anyMatch(line -> line.contains("-Djdk.tls.server.protocols=TLSv1.2"))
                .anyMatch(line -> line.endsWith(" has for rsa_pss_rsae_sha256."));

        Finding elliptic = unusable("EC", "TLSv1.3", List.of("ecdsa_secp256r1_sha256"), NO_SCHEME)
                .orElseThrow();
        assertThat(elliptic.fix()).hasSize(1).noneMatch(line -> line.contains("RSASSA-PSS"));
    }

    @Test
    void withoutJssesMessageOrThePeersListItIsAnotherCause() throws Exception {
        assertThat(unusable("RSA", "TLSv1.3", List.of(), NO_SCHEME)).isEmpty();
        assertThat(unusable("RSA", "TLSv1.3", List.of("ed25519"), "No supported version"))
                .isEmpty();
        assertThat(unusable("RSA", "TLSv1.3", List.of("ed25519"), "signature algorithm for"))
                .isEmpty();
    }

    @Test
    void aPremasterThatDoesNotDecryptIsPossibleUntilTheKeyWasCompared() {
        Finding open = premaster(replaced()).orElseThrow();
        assertThat(open.cause()).isSameAs(MalformedMessage.MALFORMED_MESSAGE);
        assertThat(open.confidence()).isSameAs(Confidence.POSSIBLE);
        assertThat(open.evidence().toString())
                .contains("value=wrong padding]", "what=this server's key and certificate, value=not compared]");
        assertThat(open.candidates())
                .extracting(Candidate::cause)
                .containsExactly(OwnKeyMismatch.KEY_MISMATCH, KeysDisagree.TRANSCRIPT_ALTERED);

        Finding compared = premaster(replaced().event(pair("yes"))).orElseThrow();
        assertThat(compared.confidence()).isSameAs(Confidence.LIKELY);
        assertThat(compared.evidence().toString()).contains("value=belong together]", "value=orders-2026]");
        assertThat(compared.candidates()).extracting(Candidate::cause).containsExactly(KeysDisagree.TRANSCRIPT_ALTERED);

        assertThat(premaster(replaced().event(pair("no"))).orElseThrow().confidence())
                .isSameAs(Confidence.POSSIBLE);
    }

    @Test
    void aDecryptedPremasterOrAFinishedIsAnotherCause() {
        assertThat(premaster(server())).isEmpty();
        assertThat(premaster(server().event(premasterEvent().put(Field.PREMASTER_LENGTH, 48))))
                .isEmpty();
        assertThat(premaster(server().event(new Event(EventType.PREMASTER, 1, 2))))
                .isEmpty();
        assertThat(premaster(replaced().message(Direction.IN, new byte[] {20, 0, 0, 0})))
                .isEmpty();
        assertThat(premaster(replaced().completed("TLSv1.2"))).isEmpty();
    }

    private static Optional<Finding> unusable(String type, String protocol, List<String> theirs, String words)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        generator.initialize(type.equals("EC") ? 256 : 2048);
        KeyPair keys = generator.generateKeyPair();
        X500Principal name = new X500Principal("CN=orders");
        byte[] certificate = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.EPOCH.plusSeconds(1)),
                        name,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder(type.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                        .build(keys.getPrivate()))
                .getEncoded();
        FailedConnection failed = server().event(
                        pair("yes").put(Field.CERTIFICATE, certificate).put(Field.CLASS, "sun.security.pkcs11.P11Key"))
                .alert(HANDSHAKE_FAILURE)
                .with(Field.PROTOCOL, protocol)
                .with(Field.EXCEPTION, "javax.net.ssl.SSLHandshakeException: " + words);
        return UnusableOwnKey.of(failed.handshake(), theirs);
    }

    private static Optional<Finding> premaster(FailedConnection failed) {
        return new PremasterReplaced().examine(failed.alert(BAD_RECORD_MAC).handshake());
    }

    private static FailedConnection server() {
        return new FailedConnection("server", "socket");
    }

    private static FailedConnection replaced() {
        return server().event(premasterEvent());
    }

    private static Event premasterEvent() {
        return new Event(EventType.PREMASTER, 1, 2).put(Field.REPLACED, 1).put(Field.REASON, "wrong padding");
    }

    private static Event pair(String match) {
        return new Event(EventType.KEY_PAIR, 1, 2)
                .put(Field.ALIAS, "orders-2026")
                .put(Field.MATCH, match);
    }
}
