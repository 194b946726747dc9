package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.EventSize;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;

/**
 * How RSA decryption of the pre-master went, which JSSE hides by going on with a random one (RFC 5246, 7.4.7.1).
 *
 * <p>It hides it from the peer as well, who could decrypt by asking often enough (Bleichenbacher). So the application's
 * thread does the same work whatever came out, without a branch on it; what it means is put into words on the sink's
 * thread.
 */
final class PremasterOutcome implements QueuedEvent {
    /** Bytes of a pre-master (RFC 5246, 7.4.7.1). */
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

    /** 0 when the block is 00 02, non-zero bytes, 00, 48 bytes; else another number, after the same time. */
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
        // the same test as KeyUtil.checkTlsPreMasterSecretKey and RSAPadding.unpadForTls make
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
