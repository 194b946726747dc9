package dev.tlscope.it.raw;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Record protection of TLS 1.3 with AES-GCM (RFC 8446, 5.2 and 5.3). */
final class AesGcm13 implements RecordCipher {
    static final int TAG = 16;
    private static final int VERSION = 0x0303;

    private final SecretKeySpec key;
    private final byte[] iv;
    private long sequence;

    AesGcm13(byte[] key, byte... iv) {
        this.key = new SecretKeySpec(key, "AES");
        this.iv = iv;
    }

    @Override
    public byte[] seal(int type, byte... content) throws GeneralSecurityException {
        return sealInner(new OctetWriter().raw(content).number(1, type).bytes());
    }

    /** Seals an inner plaintext as given, whatever its last byte is. */
    byte[] sealInner(byte... inner) throws GeneralSecurityException {
        byte[] header = header(inner.length + TAG);
        return OctetWriter.joined(header, cipher(Cipher.ENCRYPT_MODE, header).doFinal(inner));
    }

    @Override
    public PlainRecord open(int type, byte... fragment) throws GeneralSecurityException {
        byte[] inner = cipher(Cipher.DECRYPT_MODE, header(fragment.length)).doFinal(fragment);
        int end = inner.length;
        while (end > 0 && inner[end - 1] == 0) {
            end--;
        }
        return new PlainRecord(inner[end - 1], Arrays.copyOf(inner, end - 1));
    }

    private Cipher cipher(int mode, byte... header) throws GeneralSecurityException {
        byte[] nonce = iv.clone();
        for (int i = 0; i < 8; i++) {
            nonce[nonce.length - 1 - i] ^= (byte) (sequence >>> (8 * i));
        }
        sequence++;
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(header);
        return cipher;
    }

    private static byte[] header(int length) {
        return new OctetWriter()
                .number(1, PlainRecord.APPLICATION_DATA)
                .number(2, VERSION)
                .number(2, length)
                .bytes();
    }
}
