package dev.tlscope.agent.stack.provider;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The handshake messages of one direction that cross the wire in the clear, put together from records (RFC 8446, 5.1), and from
 * when on records are encrypted. Guarded by its {@link ProviderConnection}.
 */
final class ClearMessages {
    private static final int HEADER = 4;
    private static final int SERVER_HELLO = 2;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS13 = 0x0304;

    /** Longer than any that JSSE accepts, and a limit for hostile peers. */
    private static final int MOST = 1 << 18;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean cipherChanged;

    /** Notes a ChangeCipherSpec. */
    void cipherChanged() {
        cipherChanged = true;
    }

    /** True when a ChangeCipherSpec has passed, after which all records up to TLS 1.2 are encrypted. */
    boolean hasCipherChanged() {
        return cipherChanged;
    }

    /** True when a message has begun that is not complete. */
    boolean isWithin() {
        return pending.size() > 0;
    }

    /** Adds the content of a record; returns the messages that it completes, with their headers. */
    List<byte[]> add(byte[] record, int from) {
        List<byte[]> complete = new ArrayList<>();
        if (pending.size() + record.length - from > MOST) {
            pending.reset();
            return complete;
        }
        pending.write(record, from, record.length - from);
        byte[] all = pending.toByteArray();
        int at = 0;
        while (all.length - at >= HEADER) {
            int length = HEADER + ((all[at + 1] & 0xff) << 16 | (all[at + 2] & 0xff) << 8 | (all[at + 3] & 0xff));
            if (all.length - at < length) {
                break;
            }
            complete.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        pending.reset();
        pending.write(all, at, all.length - at);
        return complete;
    }

    /** True for a ServerHello or HelloRetryRequest that selects TLS 1.3 (RFC 8446, 4.2.1). */
    static boolean selectsTls13(byte[] message) {
        int at = HEADER + 2 + 32; // legacy_version, random
        if (message.length <= at || message[0] != SERVER_HELLO) {
            return false;
        }
        at += 1 + (message[at] & 0xff) + 2 + 1 + 2; // session id, cipher suite, compression, length of the extensions
        while (at + 4 <= message.length) {
            int type = (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
            int length = (message[at + 2] & 0xff) << 8 | (message[at + 3] & 0xff);
            if (type == SUPPORTED_VERSIONS && length == 2 && at + 6 <= message.length) {
                return ((message[at + 4] & 0xff) << 8 | (message[at + 5] & 0xff)) == TLS13;
            }
            at += 4 + length;
        }
        return false;
    }
}
