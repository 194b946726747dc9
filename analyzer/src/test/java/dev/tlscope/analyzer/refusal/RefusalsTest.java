package dev.tlscope.analyzer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failures as JDKs threw them: exception chains and stacks from captures on JDK 8 to 28. */
class RefusalsTest {
    private static final String SSL = "java.base/sun.security.ssl.";

    private final Refusals refusals = new Refusals(RefusalTable.standard());

    @Test
    void aDiagnosticWithoutExceptionIsFoundByTheMethodThatGaveIt() {
        Refusal found = find(
                        false,
                        "No available authentication scheme",
                        List.of(),
                        SSL + "TransportContext.fatal(TransportContext.java:378)",
                        SSL
                                + "CertificateMessage$T13CertificateProducer.onProduceCertificate(CertificateMessage.java:935)",
                        SSL + "CertificateMessage$T13CertificateProducer.produce(CertificateMessage.java:920)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("no-usable-key");
        assertThat(found.className()).isEqualTo("sun.security.ssl.CertificateMessage$T13CertificateProducer");
        assertThat(found.method()).isEqualTo("onProduceCertificate");
        assertThat(found.raises()).isEqualTo("HANDSHAKE_FAILURE");
        assertThat(found.meaning()).contains("signature_algorithms");
        assertThat(found.confirmed()).isTrue();
        assertThat(found.innermost()).isTrue();
    }

    @Test
    void theSizeAndTheLimitAreRead() {
        Refusal found = find(
                        true,
                        null,
                        List.of(
                                "javax.net.ssl.SSLProtocolException: (unexpected_message) The size of the handshake message"
                                        + " (70004) exceeds the maximum allowed size (32768)"),
                        SSL + "SSLSocketInputRecord.decodeInputRecord(SSLSocketInputRecord.java:325)",
                        SSL + "SSLSocketInputRecord.decode(SSLSocketInputRecord.java:180)",
                        SSL + "SSLTransport.decode(SSLTransport.java:111)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("message-too-large");
        assertThat(found.values()).containsExactly("70004", "32768");
        assertThat(found.meaning())
                .isEqualTo("The peer's handshake message has 70004 bytes, and this JVM accepts 32768"
                        + " (jdk.tls.maxHandshakeMessageSize).");
    }

    @Test
    void theInnermostOwnTextDecides() {
        Refusal found = find(
                        true,
                        null,
                        List.of(
                                "sun.security.validator.ValidatorException: PKIX path building failed:"
                                        + " sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid"
                                        + " certification path to requested target",
                                "sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification"
                                        + " path to requested target"),
                        "sun.security.provider.certpath.SunCertPathBuilder.build(SunCertPathBuilder.java:141)",
                        "sun.security.provider.certpath.SunCertPathBuilder.engineBuild(SunCertPathBuilder.java:126)",
                        "sun.security.validator.PKIXValidator.doBuild(PKIXValidator.java:451)")
                .orElseThrow();

        assertThat(found.className()).isEqualTo("sun.security.provider.certpath.SunCertPathBuilder");
        assertThat(found.cause()).isEqualTo("untrusted-chain");
        assertThat(found.innermost()).isTrue();
    }

    @Test
    void whatAProviderThrewInsideIsNotTheJdksRefusal() {
        Refusal found = find(
                        false,
                        null,
                        List.of(
                                "javax.net.ssl.SSLHandshakeException: Could not generate secret",
                                "java.security.InvalidKeyException: Point has small order"),
                        "java.base/com.sun.crypto.provider.Foo.check(Foo.java:1)",
                        SSL + "KAKeyDerivation.t13DeriveKey(KAKeyDerivation.java:180)",
                        SSL + "KAKeyDerivation.deriveKey(KAKeyDerivation.java:70)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("malformed-message");
        assertThat(found.said()).isEqualTo("Could not generate secret");
        assertThat(found.innermost()).isFalse();
        assertThat(found.confirmed()).isTrue();
    }

    @Test
    void theSameTextMeansWhatItsMethodMeans() {
        String text = "javax.net.ssl.SSLHandshakeException: Could not generate secret";

        assertThat(find(true, null, List.of(text), SSL + "SSLSecretDerivation.deriveKey(SSLSecretDerivation.java:1)"))
                .map(Refusal::cause)
                .hasValue("algorithm-unavailable");
        assertThat(find(true, null, List.of(text), SSL + "KAKeyDerivation.t12DeriveKey(KAKeyDerivation.java:1)"))
                .map(Refusal::cause)
                .hasValue("malformed-message");
        assertThat(find(true, null, List.of(text), SSL + "Elsewhere.deriveKey(Elsewhere.java:1)"))
                .as("the text alone leaves it open")
                .isEmpty();
    }

    @Test
    void itsOwnTextIsEnoughWhereAnotherUpdateHasAnotherClass() {
        Refusal found = find(
                        true,
                        "received handshake warning: no_renegotiation",
                        List.of(),
                        SSL + "Renamed.consume(Renamed.java:1)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("peer-alert");
        assertThat(found.values()).containsExactly("no_renegotiation");
        assertThat(found.confirmed()).isFalse();
    }

    @Test
    void theCauseDependsOnTheSideWhereTheTableSaysSo() {
        String diagnostic = "Unrecognized SSL message, plaintext connection?";
        String frame = "sun.security.ssl.SSLEngineInputRecord.bytesInCompletePacket(SSLEngineInputRecord.java:146)";

        assertThat(find(true, diagnostic, List.of(), frame)).map(Refusal::cause).hasValue("plaintext-peer");
        assertThat(find(false, diagnostic, List.of(), frame))
                .map(Refusal::cause)
                .hasValue("plaintext-client");
    }

    @Test
    void whatAnotherConnectionWasRefusedForIsLeftOut() {
        Refusal found = find(
                        true,
                        null,
                        List.of(
                                "sun.security.validator.ValidatorException: PKIX path validation failed: x",
                                "java.security.cert.CertPathValidatorException: Unable to determine revocation status due to"
                                        + " network error",
                                "javax.net.ssl.SSLHandshakeException: No name matching ocsp.test found",
                                "java.security.cert.CertificateException: No name matching ocsp.test found"),
                        "java.base/sun.security.util.HostnameChecker.matchDNS(HostnameChecker.java:229)",
                        "java.base/sun.security.provider.certpath.OCSP.check(OCSP.java:174)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("certificate-revoked");
        assertThat(found.className()).isEqualTo("sun.security.provider.certpath.OCSP");
    }

    @Test
    void aStateThatTheJdkRulesOutIsItsDefect() {
        Refusal found = find(
                        true,
                        "Not supported key derivation: TLS13",
                        List.of(),
                        SSL + "ServerHello$T13ServerHelloConsumer.consume(ServerHello.java:1295)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("internal");
        assertThat(found.meaning()).contains("defect of this JDK");
    }

    @Test
    void whatComesOutOfAMethodThatReadsThePeersValueIsAboutThatValue() {
        Refusal found = find(
                        false,
                        "Couldn't kickstart handshaking",
                        List.of(
                                "javax.net.ssl.SSLException: readHandshakeRecord",
                                "java.io.IOException: Point does not match field size"),
                        "java.base/sun.security.util.ECUtil.decodePoint(ECUtil.java:48)",
                        SSL + "JsseJce.decodePoint(JsseJce.java:365)",
                        SSL + "ECDHKeyExchange$ECDHECredentials.valueOf(ECDHKeyExchange.java:100)",
                        SSL + "NamedGroup.decodeCredentials(NamedGroup.java:1)")
                .orElseThrow();

        assertThat(found.cause()).isEqualTo("malformed-message");
        assertThat(found.meaning()).startsWith("The peer's EC public value is not a valid point");
        assertThat(found.innermost())
                .as("nothing but the JDK's parsers ran below")
                .isTrue();
    }

    @Test
    void whatAMethodIsKnownToThrowIsNotTakenForAnotherException() {
        String consumer = SSL + "HelloRequest$HelloRequestConsumer.consume(HelloRequest.java:174)";

        assertThat(find(false, null, List.of("java.lang.ClassCastException: class A cannot be cast"), consumer))
                .map(Refusal::cause)
                .hasValue("unexpected-message");
        assertThat(find(false, null, List.of("java.lang.NullPointerException: x"), consumer))
                .isEmpty();
        assertThat(find(false, null, List.of("org.example.ClassCastException: x"), consumer))
                .isEmpty();
    }

    @Test
    void wordsOfAnotherLibraryAreNotTheJdks() {
        assertThat(find(
                        true,
                        null,
                        List.of("org.example.PinException: No name matching shop.test found"),
                        "org.example.Pins.check(Pins.java:9)"))
                .isEmpty();
    }

    @Test
    void anApplicationsWrongCallIsNoRefusal() {
        assertThat(find(
                        true,
                        null,
                        List.of("java.net.SocketException: Socket is closed"),
                        SSL + "SSLSocketImpl.getOutputStream(SSLSocketImpl.java:1194)"))
                .isEmpty();
    }

    private Optional<Refusal> find(
            boolean client, @Nullable String diagnostic, List<String> exceptions, String... frames) {
        return refusals.find(exceptions, diagnostic, List.of(frames), client);
    }
}
