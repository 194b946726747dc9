package dev.tlscope.analyzer.protection;

import org.jspecify.annotations.Nullable;

/**
 * A record's protection taken off, or why it does not come off.
 *
 * @param contentType the inner one in TLS 1.3, else the record's
 * @param content the plaintext; empty when it failed
 * @param failure null when MAC or tag verified
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record DecryptedRecord(
        int contentType, byte[] content, @Nullable String failure) {
    static DecryptedRecord failed(String why) {
        return new DecryptedRecord(-1, new byte[0], why);
    }

    boolean verified() {
        return failure == null;
    }
}
