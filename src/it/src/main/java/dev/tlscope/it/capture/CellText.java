package dev.tlscope.it.capture;

import dev.tlscope.demo.tls.Http;

/** The requests of a cell's client and the responses of its server. */
final class CellText {
    private CellText() {}

    static byte[] request() {
        return Http.get("cell.test", "/", true);
    }

    /** A response with a body of that many bytes. */
    static byte[] response(int size) {
        StringBuilder body = new StringBuilder(size);
        for (int i = 0; i < size; i++) {
            body.append((char) ('a' + i % 26));
        }
        return Http.ok(body.toString(), true);
    }

    /** True when a head and the body that it announces are complete. */
    static boolean isWhole(String received) {
        int end = Http.endOfHead(received, 0);
        if (end < 0) {
            return false;
        }
        String length = "Content-Length: ";
        int at = received.indexOf(length);
        return at < 0
                || received.length() - end
                        == Integer.parseInt(received.substring(at + length.length(), received.indexOf("\r\n", at)));
    }
}
