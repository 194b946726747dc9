package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaFormTest {
    @Test
    void whatAKeySignsFits() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(521);
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance("SHA512withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update((byte) 1);

        assertThat(EcdsaForm.fits(signer.sign())).isTrue();
    }

    /** Zeros, one integer, three, an empty one, an octet string, and bytes behind the sequence. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "0000000000", "3003020101", "3009020101020101020101", "30050200020101", "3006040101020101"})
    void whatIsNoPairOfIntegersDoesNot(String signature) {
        assertThat(EcdsaForm.fits(HexFormat.of().parseHex(signature))).isFalse();
    }
}
