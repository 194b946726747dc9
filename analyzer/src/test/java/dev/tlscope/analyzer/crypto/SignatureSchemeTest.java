package dev.tlscope.analyzer.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureSchemeTest {
    /** TLS 1.0 and 1.1 have MD5 and SHA-1 for RSA, SHA-1 for DSA and ECDSA (RFC 4346, 7.4.3; RFC 8422, 5.4), and no EdDSA. */
    @ParameterizedTest
    @CsvSource({"RSA, LEGACY_RSA_MD5_SHA1", "DSA, DSA_SHA1", "EC, ECDSA_SHA1", "Ed25519, ''", "RSASSA-PSS, ''"})
    void beforeTls12TheKeyDecides(String algorithm, String scheme) throws NoSuchAlgorithmException {
        PublicKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();

        assertThat(SignatureScheme.legacy(key).map(Enum::name).orElse("")).isEqualTo(scheme);
    }

    /** rsa_pkcs1_md5 of RFC 5246, 7.4.1.4.1, which no JDK offers: it cannot be checked here. */
    @ParameterizedTest
    @CsvSource({"0x0101", "0xfe02"})
    void whatIsNotKnownHasNoScheme(String code) {
        assertThat(SignatureScheme.of(Integer.decode(code))).isEmpty();
    }
}
