package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.EventSize;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;

/**
 * The outcome of the RSA decryption of a premaster secret, which JSSE hides by continuing with a random one (RFC 5246,
 * 7.4.7.1).
 *
 * <p>JSSE also hides it from the peer, which could otherwise decrypt with many attempts (Bleichenbacher). The
 * application's thread therefore does the same work whatever the outcome is, without a branch on it; the writer's
 * thread describes the outcome.
 */
final class PremasterOutcome implements QueuedEvent {
    /** Bytes of a premaster secret (RFC 5246, 7.4.7.1). */
    static final int LENGTH = 48;

    private final Event event;
    private final int defects;
    private final int version;
    private final int clientVersion;
    private final int serverVersion;

    PremasterOutcome(Event event, int defects, int version, int clientVersion, int serverVersion) {
        this.event = event;
        this.defects = defects;
        this.version = version;
        this.clientVersion = clientVersion;
        this.serverVersion = serverVersion;
    }

    /**
     * 0 when the block is 00 02, non-zero bytes, 00, 48 bytes; otherwise another number. The time does not depend on
     * the result.
     */
    static int paddingDefects(byte[] padded) {
        int defects = padded[0] | (padded[1] ^ 2);
        int end = padded.length - LENGTH - 1;
        for (int i = 2; i < end; i++) {
            defects |= ((padded[i] & 0xff) - 1) >>> 31; // 1 for a zero byte
        }
        return defects | padded[end];
    }

    @Override
    public Event resolve() {
        event.put(Field.CLIENT_VERSION, clientVersion);
        if (defects != 0) {
            return event.put(Field.REPLACED, 1)
                    .put(Field.REASON, "RSA decryption of the pre-master failed: wrong padding under this private key");
        }
        // KeyUtil.checkTlsPreMasterSecretKey and RSAPadding.unpadForTls perform the same test
        boolean wrong = version != clientVersion && (clientVersion > 0x0301 || version != serverVersion);
        event.put(Field.REPLACED, wrong ? 1 : 0)
                .put(Field.PREMASTER_VERSION, version)
                .put(Field.PREMASTER_LENGTH, LENGTH);
        return wrong
                ? event.put(Field.REASON, "the decrypted pre-master begins with another version than the ClientHello's")
                : event;
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public int size() {
        return EventSize.of(event);
    }

    @Override
    public void discard() {
        // holds no copy of a secret
    }
}
