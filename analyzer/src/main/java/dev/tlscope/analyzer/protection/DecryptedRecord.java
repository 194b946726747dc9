package dev.tlscope.analyzer.protection;

import org.jspecify.annotations.Nullable;

/**
 * A decrypted record, or the reason why decryption failed.
 *
 * @param contentType in TLS 1.3 the inner one, otherwise the record's
 * @param content the plaintext; empty when decryption failed
 * @param failure null when the MAC or tag verified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DecryptedRecord(
        int contentType, byte[] content, @Nullable String failure) {
    static DecryptedRecord failed(String why) {
        return new DecryptedRecord(-1, new byte[0], why);
    }

    public boolean verified() {
        return failure == null;
    }
}
