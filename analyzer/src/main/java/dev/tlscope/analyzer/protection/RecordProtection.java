package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.schedule.WriteKeys;
import org.jspecify.annotations.Nullable;

/** Removes the protection from the records of one direction in one epoch. */
public interface RecordProtection {
    int HEADER = 5;

    /** Decrypts a record, header included, as the record with that sequence number. Does not change the state. */
    DecryptedRecord open(byte[] record, long sequence);

    /** Advances past a record, whether it was decrypted or not. */
    default void passed(byte[] record) {}

    /** Notes that the capture lacks the records before the next one. */
    default void skipped() {}

    /** The reason why the next record cannot be decrypted, whatever its content; null if it can. */
    default @Nullable String obstacle() {
        return null;
    }

    /** The protection of a suite; {@code tls13} selects between the two uses of AEAD. */
    static RecordProtection of(SuiteParameters suite, WriteKeys keys, int version, boolean encryptThenMac) {
        return switch (suite.bulk()) {
            case GCM, CHACHA20 -> new AeadProtection(suite.bulk(), keys, version >= 0x0304);
            case CBC -> new CbcProtection(suite, keys, version, encryptThenMac);
            case NULL -> new NullProtection(suite, keys);
        };
    }

    /**
     * seq_num, type, version and length, which a MAC or tag covers before the content (RFC 5246, 6.2.3.1 and 6.2.3.3).
     */
    static byte[] pseudoHeader(byte[] record, long sequence, int length) {
        byte[] header = new byte[13];
        for (int i = 0; i < 8; i++) {
            header[i] = (byte) (sequence >> (56 - 8 * i));
        }
        System.arraycopy(record, 0, header, 8, 3);
        header[11] = (byte) (length >> 8);
        header[12] = (byte) length;
        return header;
    }
}
