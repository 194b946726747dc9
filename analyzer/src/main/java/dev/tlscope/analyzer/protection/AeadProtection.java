package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.schedule.WriteKeys;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM (RFC 5288) and ChaCha20-Poly1305 (RFC 7905), in TLS 1.2 and 1.3 (RFC 8446, 5.2). */
final class AeadProtection implements RecordProtection {
    private static final int TAG = 16;
    private static final int EXPLICIT_NONCE = 8;
    private static final int NONCE = 12;

    private final boolean gcm;
    private final WriteKeys keys;
    private final boolean tls13;

    AeadProtection(SuiteParameters.Bulk bulk, WriteKeys keys, boolean tls13) {
        this.gcm = bulk == SuiteParameters.Bulk.GCM;
        this.keys = keys;
        this.tls13 = tls13;
    }

    @Override
    public DecryptedRecord open(byte[] record, long sequence) {
        int explicit = gcm && !tls13 ? EXPLICIT_NONCE : 0;
        int length = record.length - HEADER - explicit - TAG;
        if (length < (tls13 ? 1 : 0)) {
            return DecryptedRecord.failed("too short for a tag: " + (record.length - HEADER) + " bytes");
        }
        byte[] nonce = explicit > 0
                ? Digests.concat(keys.iv(), Arrays.copyOfRange(record, HEADER, HEADER + explicit))
                : nonce(sequence);
        byte[] covered =
                tls13 ? Arrays.copyOf(record, HEADER) : RecordProtection.pseudoHeader(record, sequence, length);
        try {
            AlgorithmParameterSpec parameters = gcm ? new GCMParameterSpec(8 * TAG, nonce) : new IvParameterSpec(nonce);
            Cipher cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(keys.key(), gcm ? "AES" : "ChaCha20"), parameters);
            cipher.updateAAD(covered);
            byte[] plain = cipher.doFinal(record, HEADER + explicit, record.length - HEADER - explicit);
            return tls13 ? inner(plain) : new DecryptedRecord(record[0] & 0xff, plain, null);
        } catch (AEADBadTagException e) {
            return DecryptedRecord.failed("the tag does not verify");
        } catch (GeneralSecurityException e) {
            return DecryptedRecord.failed(e.toString());
        }
    }

    /** The sequence number XORed into the IV (RFC 8446, 5.3; RFC 7905, 2). */
    private byte[] nonce(long sequence) {
        byte[] nonce = Arrays.copyOf(keys.iv(), NONCE);
        for (int i = 0; i < 8; i++) {
            nonce[NONCE - 1 - i] ^= (byte) (sequence >> (8 * i));
        }
        return nonce;
    }

    /** Splits a TLSInnerPlaintext into content, type and zeroes (RFC 8446, 5.4). */
    private static DecryptedRecord inner(byte[] plain) {
        int end = plain.length - 1;
        while (end >= 0 && plain[end] == 0) {
            end--;
        }
        return end < 0
                ? DecryptedRecord.failed("the tag verifies, but there is no content type, only zeroes")
                : new DecryptedRecord(plain[end] & 0xff, Arrays.copyOf(plain, end), null);
    }
}
