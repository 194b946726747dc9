package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.schedule.WriteKeys;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * CBC, as MAC-then-encrypt (RFC 5246, 6.2.3.2) or encrypt_then_mac (RFC 7366). From TLS 1.1 on, the record contains the
 * IV.
 */
final class CbcProtection implements RecordProtection {
    private static final int TLS11 = 0x0302;

    private final SuiteParameters suite;
    private final WriteKeys keys;
    private final boolean explicitIv;
    private final boolean encryptThenMac;
    private final int block;
    /** The next record's IV in TLS 1.0: the last ciphertext block of the record before it (RFC 2246, 6.2.3.2). */
    private byte @Nullable [] previous;

    CbcProtection(SuiteParameters suite, WriteKeys keys, int version, boolean encryptThenMac) {
        this.suite = suite;
        this.keys = keys;
        this.explicitIv = version >= TLS11;
        this.encryptThenMac = encryptThenMac;
        this.block = suite.cipher().equals("AES") ? 16 : 8;
        this.previous = keys.iv();
    }

    @Override
    public void passed(byte[] record) {
        int end = record.length - (encryptThenMac ? suite.macLength() : 0);
        if (end >= HEADER + block) {
            previous = Arrays.copyOfRange(record, end - block, end);
        }
    }

    @Override
    public void skipped() {
        previous = explicitIv ? previous : null;
    }

    @Override
    public @Nullable String obstacle() {
        return previous == null ? "its IV, the end of the record before (RFC 2246, 6.2.3.2), was not captured" : null;
    }

    @Override
    public DecryptedRecord open(byte[] record, long sequence) {
        int end = record.length - (encryptThenMac ? suite.macLength() : 0);
        int start = HEADER + (explicitIv ? block : 0);
        if (end - start < block || (end - start) % block != 0) {
            return DecryptedRecord.failed("the ciphertext is not a number of blocks: " + (end - start) + " bytes");
        }
        if (encryptThenMac && !covers(record, sequence, Arrays.copyOfRange(record, HEADER, end), record, end)) {
            return DecryptedRecord.failed("the MAC does not verify");
        }
        byte[] plain;
        try {
            byte[] iv = explicitIv ? Arrays.copyOfRange(record, HEADER, start) : previous;
            Cipher cipher = Cipher.getInstance(suite.cipher() + "/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(keys.key(), suite.cipher()), new IvParameterSpec(iv));
            plain = cipher.doFinal(record, start, end - start);
        } catch (GeneralSecurityException e) {
            return DecryptedRecord.failed(e.toString());
        }
        int content = withoutPadding(plain) - (encryptThenMac ? 0 : suite.macLength());
        if (content < 0) {
            return DecryptedRecord.failed("the padding is wrong");
        }
        byte[] bytes = Arrays.copyOf(plain, content);
        if (!encryptThenMac && !covers(record, sequence, bytes, plain, content)) {
            return DecryptedRecord.failed("the padding is right, the MAC does not verify");
        }
        return new DecryptedRecord(record[0] & 0xff, bytes, null);
    }

    private boolean covers(byte[] record, long sequence, byte[] content, byte[] from, int at) {
        Mac mac = Digests.hmac(String.valueOf(suite.mac()), keys.macKey());
        mac.update(RecordProtection.pseudoHeader(record, sequence, content.length));
        return MessageDigest.isEqual(mac.doFinal(content), Arrays.copyOfRange(from, at, at + suite.macLength()));
    }

    /** The length without padding and its length byte; negative when the padding is wrong. */
    private static int withoutPadding(byte[] plain) {
        int padding = plain[plain.length - 1] & 0xff;
        int end = plain.length - 1 - padding;
        for (int i = Math.max(0, end); i < plain.length; i++) {
            if ((plain[i] & 0xff) != padding) {
                return -1;
            }
        }
        return end;
    }
}
