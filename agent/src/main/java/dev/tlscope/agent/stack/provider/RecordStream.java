package dev.tlscope.agent.stack.provider;

import dev.tlscope.tls.ContentType;
import java.io.ByteArrayOutputStream;

/**
 * Splits the bytes of one direction into TLS records (RFC 8446, 5.1), however they are cut into buffers. Bytes that are no
 * record are passed on as they came, and end it. Guarded by its {@link ProviderConnection}.
 */
final class RecordStream {
    private static final int HEADER = 5;
    private static final int MOST_OF_A_RECORD = HEADER + (1 << 14) + 2048;

    /** As many bytes of something else than TLS as show what it is. */
    private static final int MOST_OF_OTHER = 1024;

    private static final int MAJOR = 3;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean over;

    /** Takes a record. */
    interface Sink {
        /**
         * A record.
         *
         * @param bytes with its header
         * @param tls false for bytes that are no record
         */
        void record(byte[] bytes, boolean tls);
    }

    /** Adds bytes. */
    void add(byte[] bytes, Sink sink) {
        if (over) {
            return;
        }
        pending.write(bytes, 0, bytes.length);
        byte[] all = pending.toByteArray();
        int at = 0;
        while (all.length - at >= HEADER && !over) {
            int length = HEADER + ((all[at + 3] & 0xff) << 8 | (all[at + 4] & 0xff));
            if (!isHeader(all, at) || length > MOST_OF_A_RECORD) {
                over = true;
                sink.record(part(all, at, Math.min(all.length - at, MOST_OF_OTHER)), false);
            } else if (all.length - at < length) {
                break;
            } else {
                sink.record(part(all, at, length), true);
                at += length;
            }
        }
        pending.reset();
        if (!over) {
            pending.write(all, at, all.length - at);
        }
    }

    /** Passes on what has come so far, because no more will: the peer's bytes may be fewer than a header. */
    void end(Sink sink) {
        if (!over && pending.size() > 0) {
            over = true;
            sink.record(pending.toByteArray(), false);
            pending.reset();
        }
    }

    private static boolean isHeader(byte[] bytes, int at) {
        return bytes[at] >= ContentType.CHANGE_CIPHER_SPEC
                && bytes[at] <= ContentType.APPLICATION_DATA + 1
                && bytes[at + 1] == MAJOR;
    }

    private static byte[] part(byte[] bytes, int from, int length) {
        byte[] part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
        return part;
    }
}
