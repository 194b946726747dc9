package dev.tlscope.agent.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

class PrivateKeyFormTest {
    /** Algorithm and the header of the octet string in the PKCS#8 of an RSA key of 2048 bits, before its PKCS#1. */
    private static final int RSA_HEADER = 26;

    @Test
    void tellsTheFormsApart() throws Exception {
        byte[] rsa = key("RSA", 2048);
        assertThat(PrivateKeyForm.of(rsa)).isEqualTo("PKCS#8");
        assertThat(PrivateKeyForm.of(Arrays.copyOfRange(rsa, RSA_HEADER, rsa.length)))
                .isEqualTo("PKCS#1");
        assertThat(PrivateKeyForm.of(key("EC", 256))).isEqualTo("PKCS#8");
        // ECPrivateKey ::= SEQUENCE { INTEGER 1, OCTET STRING, ... }
        assertThat(PrivateKeyForm.of(new byte[] {0x30, 0x08, 2, 1, 1, 4, 3, 1, 2, 3}))
                .isEqualTo("SEC 1");
        assertThat(PrivateKeyForm.of(encrypted(rsa))).isEqualTo("encrypted PKCS#8");
    }

    @Test
    void whatIsNoKeyIsNone() {
        assertThat(PrivateKeyForm.of(new byte[0])).isEqualTo("empty");
        assertThat(PrivateKeyForm.of(new byte[] {0x30})).isEqualTo("no DER");
        assertThat(PrivateKeyForm.of(new byte[] {0x30, (byte) 0xFF, 2})).isEqualTo("no private key");
        assertThat(PrivateKeyForm.of(new byte[] {0x30, 3, 2, 1, 0})).isEqualTo("no private key");
        assertThat(PrivateKeyForm.of("-----BEGIN PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("PEM");
        assertThat(PrivateKeyForm.of("-".getBytes(StandardCharsets.US_ASCII))).isEqualTo("no DER");
    }

    private static byte[] key(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    private static byte[] encrypted(byte[] key) throws Exception {
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("changeit".toCharArray())));
        return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded();
    }
}
