package dev.tlscope.it.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An HTTP message in several TLS records of one size, which no handshake message in these tests has. */
final class Pieces {
    static final int MOST = 5;

    /** Bytes per piece. */
    static final int SIZE = 3000;

    private static final String PADDING = "X-Padding: ";

    private Pieces() {}

    /**
     * Writes a message in this many pieces, with its head padded to their length; one piece is the unchanged message.
     */
    static void write(OutputStream out, byte[] message, int pieces) throws IOException {
        byte[] whole = pieces == 1 ? message : padded(message, pieces * SIZE);
        int size = pieces == 1 ? whole.length : SIZE;
        for (int at = 0; at < whole.length; at += size) {
            out.write(whole, at, size);
            out.flush();
        }
    }

    /** The message with one more header after its first line. */
    private static byte[] padded(byte[] message, int length) {
        String text = new String(message, StandardCharsets.US_ASCII);
        int at = text.indexOf('\n') + 1;
        char[] filling = new char[length - message.length - PADDING.length() - 2];
        Arrays.fill(filling, 'x');
        return (text.substring(0, at) + PADDING + new String(filling) + "\r\n" + text.substring(at))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
