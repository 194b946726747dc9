package dev.tlscope.it.raw;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Record protection of TLS 1.2 with AES-GCM (RFC 5288, 3). */
final class AesGcm12 implements RecordCipher {
    private static final int TAG = 16;
    private static final int EXPLICIT = 8;
    private static final int VERSION = 0x0303;

    private final SecretKeySpec key;
    private final byte[] salt;
    private long sequence;

    AesGcm12(byte[] key, byte... salt) {
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
    }

    @Override
    public byte[] seal(int type, byte... content) throws GeneralSecurityException {
        byte[] explicit = new OctetWriter().number(EXPLICIT, sequence).bytes();
        byte[] sealed =
                cipher(Cipher.ENCRYPT_MODE, type, content.length, explicit).doFinal(content);
        return PlainRecord.encode(type, VERSION, OctetWriter.joined(explicit, sealed));
    }

    @Override
    public PlainRecord open(int type, byte... fragment) throws GeneralSecurityException {
        OctetReader in = new OctetReader(fragment);
        byte[] explicit = in.raw(EXPLICIT);
        byte[] sealed = in.raw(fragment.length - EXPLICIT);
        return new PlainRecord(
                type,
                cipher(Cipher.DECRYPT_MODE, type, sealed.length - TAG, explicit).doFinal(sealed));
    }

    private Cipher cipher(int mode, int type, int length, byte... explicit) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, OctetWriter.joined(salt, explicit)));
        cipher.updateAAD(new OctetWriter()
                .number(8, sequence++)
                .number(1, type)
                .number(2, VERSION)
                .number(2, length)
                .bytes());
        return cipher;
    }
}
