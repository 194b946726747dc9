package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.schedule.WriteKeys;
import org.jspecify.annotations.Nullable;

/** Takes the protection off the records of one direction in one epoch. */
interface RecordProtection {
    int HEADER = 5;

    /** Opens a record, header included, as if it were the one with that sequence number. Changes nothing. */
    DecryptedRecord open(byte[] record, long sequence);

    /** That record, opened or not, is the last one before the next. */
    default void passed(byte[] record) {}

    /** Records before the next one are not in the capture. */
    default void skipped() {}

    /** Why the next record cannot be opened, whatever it is; null when it can. */
    default @Nullable String obstacle() {
        return null;
    }

    /** The protection of a suite; {@code tls13} tells the two uses of AEAD apart. */
    static RecordProtection of(SuiteParameters suite, WriteKeys keys, int version, boolean encryptThenMac) {
        return switch (suite.bulk()) {
            case GCM, CHACHA20 -> new AeadProtection(suite.bulk(), keys, version >= 0x0304);
            case CBC -> new CbcProtection(suite, keys, version, encryptThenMac);
            case NULL -> new NullProtection(suite, keys);
        };
    }

    /** seq_num, type, version and length: what a MAC or the tag covers before the content (RFC 5246, 6.2.3.1 and 6.2.3.3). */
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
