package dev.tlscope.analyzer.protection;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.schedule.WriteKeys;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** A MAC without encryption (RFC 5246, 6.2.3.1). */
final class NullProtection implements RecordProtection {
    private final SuiteParameters suite;
    private final WriteKeys keys;

    NullProtection(SuiteParameters suite, WriteKeys keys) {
        this.suite = suite;
        this.keys = keys;
    }

    @Override
    public DecryptedRecord open(byte[] record, long sequence) {
        int end = record.length - suite.macLength();
        if (end < HEADER) {
            return DecryptedRecord.failed("too short for a MAC: " + (record.length - HEADER) + " bytes");
        }
        byte[] content = Arrays.copyOfRange(record, HEADER, end);
        Mac mac = Digests.hmac(String.valueOf(suite.mac()), keys.macKey());
        mac.update(RecordProtection.pseudoHeader(record, sequence, content.length));
        return MessageDigest.isEqual(mac.doFinal(content), Arrays.copyOfRange(record, end, record.length))
                ? new DecryptedRecord(record[0] & 0xff, content, null)
                : DecryptedRecord.failed("the MAC does not verify");
    }
}
