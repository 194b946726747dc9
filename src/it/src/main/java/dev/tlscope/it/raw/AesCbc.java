package dev.tlscope.it.raw;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Record protection of TLS 1.0 to 1.2 with AES-CBC and HMAC-SHA1, MAC-then-encrypt (RFC 5246, 6.2.3.2; RFC 2246,
 * 6.2.3.2).
 */
final class AesCbc implements RecordCipher {
    private static final int BLOCK = 16;
    private static final int MAC = 20;

    private final TlsVersion version;
    private final SecretKeySpec macKey;
    private final SecretKeySpec key;
    /** TLS 1.0: the last block of the previous record. */
    private byte[] chained;

    private long sequence;

    AesCbc(TlsVersion version, byte[] macKey, byte[] key, byte... iv) {
        this.version = version;
        this.macKey = new SecretKeySpec(macKey, "HmacSHA1");
        this.key = new SecretKeySpec(key, "AES");
        this.chained = iv;
    }

    @Override
    public byte[] seal(int type, byte... content) throws GeneralSecurityException {
        byte[] plain = OctetWriter.joined(content, mac(type, content));
        int padding = BLOCK - 1 - plain.length % BLOCK;
        byte[] padded = Arrays.copyOf(plain, plain.length + padding + 1);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        return sealPadded(type, padded);
    }

    /** Encrypts content, MAC and padding as given. */
    byte[] sealPadded(int type, byte... padded) throws GeneralSecurityException {
        byte[] explicit = new byte[version == TlsVersion.TLS10 ? 0 : BLOCK];
        byte[] iv = version == TlsVersion.TLS10 ? chained : explicit;
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(padded);
        chained = Arrays.copyOfRange(sealed, sealed.length - BLOCK, sealed.length);
        return PlainRecord.encode(type, version.number(), OctetWriter.joined(explicit, sealed));
    }

    @Override
    public PlainRecord open(int type, byte... fragment) throws GeneralSecurityException {
        int from = version == TlsVersion.TLS10 ? 0 : BLOCK;
        byte[] iv = from == 0 ? chained : Arrays.copyOf(fragment, BLOCK);
        byte[] padded = cipher(Cipher.DECRYPT_MODE, iv).doFinal(fragment, from, fragment.length - from);
        chained = Arrays.copyOfRange(fragment, fragment.length - BLOCK, fragment.length);
        sequence++;
        return new PlainRecord(type, Arrays.copyOf(padded, padded.length - 1 - padded[padded.length - 1] - MAC));
    }

    /** The MAC of the next record; increments its number. */
    byte[] mac(int type, byte... content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(macKey);
        return mac.doFinal(new OctetWriter()
                .number(8, sequence++)
                .number(1, type)
                .number(2, version.number())
                .vector(2, content)
                .bytes());
    }

    private Cipher cipher(int mode, byte... iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, key, new IvParameterSpec(iv));
        return cipher;
    }
}
