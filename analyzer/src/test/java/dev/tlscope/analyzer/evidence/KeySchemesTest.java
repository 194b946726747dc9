package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;

/** The schemes of a key by RFC 8446, 4.2.3: in TLS 1.3 a curve has one, and RSA only PSS. */
class KeySchemesTest {
    @Test
    void aCurveHasItsOwnScheme() throws GeneralSecurityException {
        assertThat(KeySchemes.of(curve("secp521r1"), true)).containsExactly("ecdsa_secp521r1_sha512");
        assertThat(KeySchemes.of(curve("secp256r1"), true)).containsExactly("ecdsa_secp256r1_sha256");
        assertThat(KeySchemes.describe(curve("secp521r1"))).isEqualTo("EC secp521r1");
    }

    @Test
    void rsaHasPkcs1UpToTls12Alone() throws GeneralSecurityException {
        PublicKey key = key("RSA");
        assertThat(KeySchemes.of(key, true)).noneMatch(scheme -> scheme.startsWith("rsa_pkcs1"));
        assertThat(KeySchemes.of(key, false)).contains("rsa_pkcs1_sha256", "rsa_pss_rsae_sha256");
        assertThat(KeySchemes.describe(key)).startsWith("RSA of ");
    }

    @Test
    void edwardsCurvesHaveTheirOwnName() throws GeneralSecurityException {
        assertThat(KeySchemes.of(key("Ed25519"), true)).containsExactly("ed25519");
        assertThat(KeySchemes.of(key("Ed448"), false)).containsExactly("ed448");
    }

    @Test
    void dsaHasNoneInTls13() throws GeneralSecurityException {
        assertThat(KeySchemes.of(key("DSA"), true)).isEmpty();
        assertThat(KeySchemes.of(key("DSA"), false)).contains("dsa_sha256");
    }

    private static PublicKey key(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
    }

    private static PublicKey curve(String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair().getPublic();
    }
}
