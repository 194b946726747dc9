package dev.tlscope.it.cells;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Plain-text TLS records (RFC 8446, 5.1), for ends that are not a TLS implementation. */
final class PlaintextRecords {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    private static final int MOST_CONTENT = 1 << 14; // RFC 8446, 5.1

    private PlaintextRecords() {}

    /** A handshake message: type, length, body. */
    static byte[] message(int type, byte... body) {
        return new Bytes().number(1, type).vector(3, body).done();
    }

    /** Sends the content in as many records as necessary. */
    static void send(Line line, int type, byte... content) throws IOException {
        for (int from = 0; from < content.length; from += MOST_CONTENT) {
            byte[] part = Arrays.copyOfRange(content, from, Math.min(content.length, from + MOST_CONTENT));
            byte[] record = new Bytes()
                    .number(1, type)
                    .number(2, 0x0303)
                    .vector(2, part)
                    .done();
            line.socket().getOutputStream().write(record);
        }
        line.socket().getOutputStream().flush();
    }

    /** The next record's content. */
    static byte[] read(Line line) throws IOException {
        DataInputStream in = new DataInputStream(line.socket().getInputStream());
        in.readFully(new byte[3]);
        byte[] content = new byte[in.readUnsignedShort()];
        in.readFully(content);
        return content;
    }

    /** Reads handshake records up to one that contains a message of that type, at any position. */
    static byte[] readUntil(Line line, int type) throws IOException {
        while (true) {
            byte[] content = read(line);
            for (int at = 0; at + 4 <= content.length; ) {
                int length = (content[at + 1] & 0xff) << 16 | (content[at + 2] & 0xff) << 8 | (content[at + 3] & 0xff);
                if (content[at] == type) {
                    return content;
                }
                at += 4 + length;
            }
        }
    }
}
