package dev.tlscope.seal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a file while it is written: a row of CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), one for each flush and each
 * 48 KiB, so that what was flushed can be read whatever happens afterwards. All have one key, which belongs to the file; the nonce
 * is the number of the segment, so that none can be left out, repeated, exchanged or taken from another file. The last one is empty: without
 * it, the end is missing. Not thread-safe.
 */
public final class SealedOutput extends OutputStream {
    /** What follows the name of a file that is sealed. */
    public static final String SUFFIX = ".cms";

    /** Bytes of plaintext in a segment, at most: a segment is shorter than 64 KiB. */
    public static final int MOST_IN_SEGMENT = 48 << 10;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private static final byte[] DATA = CmsDer.object(1, 2, 840, 113549, 1, 7, 1);
    private static final byte[] AUTH_ENVELOPED = CmsDer.object(1, 2, 840, 113549, 1, 9, 16, 1, 23);
    private static final byte[] AES_256_GCM = CmsDer.object(2, 16, 840, 1, 101, 3, 4, 1, 46);

    private final OutputStream file;
    private final byte[] key = new byte[KEY_BYTES];
    private final byte[] recipients;
    private final byte[] pending = new byte[MOST_IN_SEGMENT];
    private int count;
    private long segments;
    private long written;
    private boolean broken;

    /** @throws IOException when a security provider of this JVM refuses the recipient's key */
    public SealedOutput(OutputStream file, Recipient recipient) throws IOException {
        this.file = file;
        new SecureRandom().nextBytes(key);
        try {
            this.recipients = recipient.infos(key);
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    /** Bytes in the file so far, all in whole segments. */
    public long written() {
        return written;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** Puts what is written at once into one segment where it fits. */
    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (count > 0 && length > pending.length - count) {
            seal();
        }
        int left = length;
        while (left > 0) {
            int part = Math.min(left, pending.length - count);
            System.arraycopy(from, offset + length - left, pending, count, part);
            count += part;
            left -= part;
            if (count == pending.length) {
                seal();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (count > 0) {
            seal();
        }
        file.flush();
    }

    /** Ends the file with an empty segment, and closes it in any case. Its key and its plaintext are zeroed. */
    @Override
    public void close() throws IOException {
        try {
            if (!broken) {
                flush();
                seal();
            }
        } finally {
            forget();
            file.close();
        }
    }

    /** Zeroes the key and the plaintext of a file that is not written any more; what follows is refused. */
    public void forget() {
        broken = true;
        Arrays.fill(key, (byte) 0);
        Arrays.fill(pending, (byte) 0);
    }

    private void seal() throws IOException {
        if (broken) {
            throw new IOException("an earlier write to this file failed, so it may end within a segment");
        }
        broken = true;
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(4, segments).array();
        segments++; // before anything can fail: no nonce is used twice
        byte[] segment = segment(nonce);
        file.write(segment);
        written += segment.length;
        Arrays.fill(pending, 0, count, (byte) 0);
        count = 0;
        broken = false;
    }

    private byte[] segment(byte[] nonce) throws IOException {
        byte[] sealed;
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
            sealed = cipher.doFinal(pending, 0, count);
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
        int text = sealed.length - TAG_BYTES;
        byte[] parameters = CmsDer.sequence(CmsDer.element(CmsDer.OCTET_STRING, nonce), CmsDer.small(TAG_BYTES));
        byte[] content = CmsDer.sequence(
                DATA,
                CmsDer.sequence(AES_256_GCM, parameters),
                CmsDer.element(CmsDer.IMPLICIT_0, Arrays.copyOf(sealed, text)));
        byte[] tag = CmsDer.element(CmsDer.OCTET_STRING, Arrays.copyOfRange(sealed, text, sealed.length));
        byte[] enveloped = CmsDer.sequence(CmsDer.small(0), recipients, content, tag);
        return CmsDer.sequence(AUTH_ENVELOPED, CmsDer.element(CmsDer.EXPLICIT_0, enveloped));
    }

    private static IOException refused(GeneralSecurityException e) {
        return new IOException("it cannot be sealed, because a security provider of this JVM refuses: " + e, e);
    }
}
