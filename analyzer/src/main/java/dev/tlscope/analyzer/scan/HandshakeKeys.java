package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.Hkdf;
import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.protection.DecryptedRecord;
import dev.tlscope.analyzer.protection.RecordProtection;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.schedule.WriteKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys with which a server protects its flight in TLS 1.3 (RFC 8446, 7.1). */
final class HandshakeKeys {
    private final RecordProtection protection;
    private long sequence;

    private HandshakeKeys(RecordProtection protection) {
        this.protection = protection;
    }

    /** Null for a suite that this JVM cannot decrypt. */
    static @Nullable HandshakeKeys of(String suite, byte[] shared, byte[] clientHello, byte[] serverHello) {
        SuiteParameters parameters = SuiteParameters.of(suite).orElse(null);
        if (parameters == null) {
            return null;
        }
        Hkdf hkdf = new Hkdf(parameters.hash());
        byte[] handshake = hkdf.next(hkdf.extract(hkdf.zeroes(), hkdf.zeroes()), shared);
        byte[] transcript = Digests.hash(parameters.hash(), Digests.concat(clientHello, serverHello));
        byte[] traffic = hkdf.derive(handshake, "s hs traffic", transcript);
        WriteKeys keys = new WriteKeys(
                hkdf.expandLabel(traffic, "key", new byte[0], parameters.keyLength()),
                hkdf.expandLabel(traffic, "iv", new byte[0], parameters.ivLength()),
                new byte[0]);
        return new HandshakeKeys(RecordProtection.of(parameters, keys, ProtocolVersions.TLS13, false));
    }

    /** The next record; empty if its tag does not verify. */
    Optional<DecryptedRecord> open(byte[] record) {
        DecryptedRecord opened = protection.open(record, sequence++);
        return opened.verified() ? Optional.of(opened) : Optional.empty();
    }
}
