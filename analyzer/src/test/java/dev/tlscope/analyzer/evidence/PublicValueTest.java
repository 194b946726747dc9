package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public values inside and outside their group. */
class PublicValueTest {
    private static final int SECP256R1 = 23;
    private static final int X25519 = 29;
    private static final int FFDHE2048 = 256;

    /** The base point (SEC 2, 2.4.2). */
    private static final String BASE = "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    @Test
    void aPointOfTheCurveIsProper() {
        assertThat(value(SECP256R1, BASE).defect()).isEmpty();
    }

    @Test
    void aPointBesideTheCurveIsNot() {
        String beside = BASE.substring(0, BASE.length() - 1) + "4";

        assertThat(value(SECP256R1, beside).defect())
                .hasValueSatisfying(it -> assertThat(it).contains("not on the curve"));
    }

    @ParameterizedTest
    @CsvSource({"0200, its form is 2", "00, its form is 0", "0401, it has 2 bytes", "'', it is empty"})
    void aPointOfAnotherFormIsNot(String bytes, String expected) {
        assertThat(value(SECP256R1, bytes).defect())
                .hasValueSatisfying(it -> assertThat(it).startsWith(expected));
    }

    /** The public key of RFC 7748, 6.1, and a point of order 8 with the bit set that does not count. */
    @ParameterizedTest
    @CsvSource({
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a, false",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800, true",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880, true",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, true",
        "0900000000000000000000000000000000000000000000000000000000000000, false",
        "09, true"
    })
    void pointsOfSmallOrderAreNot(String bytes, boolean defective) {
        assertThat(value(X25519, bytes).defect().isPresent()).isEqualTo(defective);
    }

    @Test
    void numbersOutsideOfTheFieldAreNot() {
        byte[] large = new byte[256];
        Arrays.fill(large, (byte) 0xff);
        byte[] proper = new byte[256];
        proper[255] = 2;

        assertThat(new PublicValue("ClientHello", "key_share", FFDHE2048, large).defect())
                .isPresent();
        assertThat(new PublicValue("ClientHello", "key_share", FFDHE2048, proper).defect())
                .isEmpty();
        assertThat(value(FFDHE2048, "01").defect())
                .hasValueSatisfying(it -> assertThat(it).startsWith("it is 1"));
    }

    @Test
    void ofAGroupThatIsNotKnownNothingIsSaid() {
        assertThat(value(0x11ec, "00").defect()).isEmpty();
    }

    private static PublicValue value(int group, String hex) {
        return new PublicValue("ClientHello", "key_share", group, HexFormat.of().parseHex(hex));
    }
}
