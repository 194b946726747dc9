package dev.tlscope.seal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * The certificate for whose owner captures are encrypted. It is read without a security provider, because with {@code -javaagent} nothing of the
 * JVM's may be initialised before the application does it.
 */
public final class Recipient {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final int LEAST_BITS = 2048;

    private static final byte[] RSA = CmsDer.object(1, 2, 840, 113549, 1, 1, 1);
    private static final byte[] RSAES_OAEP = CmsDer.object(1, 2, 840, 113549, 1, 1, 7);
    private static final byte[] MGF1 = CmsDer.object(1, 2, 840, 113549, 1, 1, 8);
    private static final byte[] SHA256 = CmsDer.sequence(CmsDer.object(2, 16, 840, 1, 101, 3, 4, 2, 1));

    private final byte[] issuer;
    private final byte[] serial;
    private final BigInteger modulus;
    private final BigInteger exponent;

    private Recipient(byte[] issuer, byte[] serial, BigInteger modulus, BigInteger exponent) {
        this.issuer = issuer;
        this.serial = serial;
        this.modulus = modulus;
        this.exponent = exponent;
    }

    /**
     * Reads the first certificate of a PEM file.
     *
     * @throws IllegalArgumentException with the end of a line: what is wrong with it; and what next
     */
    public static Recipient read(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException(
                    "it has no certificate in PEM (" + BEGIN + "); name a file that has one");
        }
        try {
            return ofCertificate(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)));
        } catch (UnfitKey e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "its certificate does not parse (" + e.getMessage() + "); see: openssl x509 -in FILE -text");
        }
    }

    /** The OAEP parameters with which the key is encrypted: SHA-256 in both places. */
    public static OAEPParameterSpec oaep() {
        return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    }

    /** RecipientInfos (RFC 5652, 6.2) with one KeyTransRecipientInfo, which has the key encrypted. */
    byte[] infos(byte[] key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)),
                oaep());
        byte[] parameters = CmsDer.sequence(
                CmsDer.element(CmsDer.EXPLICIT_0, SHA256),
                CmsDer.element(CmsDer.EXPLICIT_1, CmsDer.sequence(MGF1, SHA256)));
        return CmsDer.element(
                CmsDer.SET,
                CmsDer.sequence(
                        CmsDer.small(0),
                        CmsDer.sequence(issuer, serial),
                        CmsDer.sequence(RSAES_OAEP, parameters),
                        CmsDer.element(CmsDer.OCTET_STRING, cipher.doFinal(key))));
    }

    private static Recipient ofCertificate(byte[] der) {
        ByteBuffer certificate = CmsDer.take(ByteBuffer.wrap(der), CmsDer.SEQUENCE);
        ByteBuffer signed = CmsDer.take(certificate, CmsDer.SEQUENCE);
        if ((signed.get(0) & 0xff) == CmsDer.EXPLICIT_0) {
            CmsDer.take(signed, CmsDer.EXPLICIT_0); // version
        }
        byte[] serial = CmsDer.whole(signed, CmsDer.INTEGER);
        CmsDer.take(signed, CmsDer.SEQUENCE); // signature algorithm
        byte[] issuer = CmsDer.whole(signed, CmsDer.SEQUENCE);
        CmsDer.take(signed, CmsDer.SEQUENCE); // validity
        CmsDer.take(signed, CmsDer.SEQUENCE); // subject
        ByteBuffer key = CmsDer.take(signed, CmsDer.SEQUENCE);
        byte[] algorithm = CmsDer.whole(CmsDer.take(key, CmsDer.SEQUENCE), CmsDer.OBJECT_IDENTIFIER);
        if (!Arrays.equals(algorithm, RSA)) {
            throw new UnfitKey("its certificate is for a key that is not RSA; name one for RSA, of 2048 bits or more");
        }
        ByteBuffer bits = CmsDer.take(key, CmsDer.BIT_STRING);
        bits.get(); // unused bits: none
        ByteBuffer numbers = CmsDer.take(bits, CmsDer.SEQUENCE);
        BigInteger modulus = number(numbers);
        if (modulus.bitLength() < LEAST_BITS) {
            throw new UnfitKey(
                    "its RSA key has " + modulus.bitLength() + " bits; name a certificate with 2048 bits or more");
        }
        return new Recipient(issuer, serial, modulus, number(numbers));
    }

    private static BigInteger number(ByteBuffer from) {
        ByteBuffer content = CmsDer.take(from, CmsDer.INTEGER);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return new BigInteger(bytes);
    }

    /** The certificate parses, and cannot be used. */
    private static final class UnfitKey extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        UnfitKey(String message) {
            super(message);
        }
    }
}
