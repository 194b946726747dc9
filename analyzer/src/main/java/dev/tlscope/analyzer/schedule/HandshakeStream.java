package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.tls.HandshakeType;
import java.util.Arrays;

/** Reassembles the handshake messages inside TLS 1.3 records as far as necessary to find the key changes. */
public final class HandshakeStream {
    private static final int MOST_BYTES = 1 << 24;

    private byte[] rest = new byte[0];

    /**
     * Adds a record's content; true when a Finished or KeyUpdate ends with it (RFC 8446, 5.1: keys change between
     * records).
     */
    public boolean endsEpoch(byte[] content) {
        byte[] bytes = rest.length > MOST_BYTES ? content : Digests.concat(rest, content);
        int at = 0;
        boolean ends = false;
        while (bytes.length - at >= 4) {
            int length = (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
            if (bytes.length - at - 4 < length) {
                break;
            }
            HandshakeType type = HandshakeType.of(bytes[at]);
            at += 4 + length;
            ends |= type == HandshakeType.FINISHED || type == HandshakeType.KEY_UPDATE;
        }
        rest = Arrays.copyOfRange(bytes, at, bytes.length);
        return ends;
    }
}
