package dev.tlscope.demo.tls;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The part of HTTP/1.1 that the demo uses: GET without a body, answers that are not chunked (RFC 9112). */
public final class Http {
    private static final int HEAD_LIMIT = 16 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private Http() {}

    public static byte[] get(String host, String path, boolean keepAlive) {
        return ascii("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: tlscope-demo\r\nConnection: "
                + (keepAlive ? "keep-alive" : "close") + END_OF_HEAD);
    }

    public static byte[] ok(String body, boolean keepAlive) {
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nConnection: " + (keepAlive ? "keep-alive" : "close") + END_OF_HEAD + body);
    }

    /** Whether the sender of this request keeps the connection open for another. */
    public static boolean keepsAlive(String head) {
        return !head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
    }

    /** The end of the head that starts here, its empty line included; -1 when the head is not complete. */
    public static int endOfHead(String received, int start) {
        int end = received.indexOf(END_OF_HEAD, start);
        return end < 0 ? -1 : end + END_OF_HEAD.length();
    }

    /** A request's or an answer's head with its empty line, or an empty string at the end of the stream. */
    public static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD, Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0 && head.length() == 0) {
                return "";
            } else if (next < 0) {
                throw new EOFException("the peer closed in the middle of a message");
            } else if (head.length() == HEAD_LIMIT) {
                throw new ProtocolException("no end of the head in " + HEAD_LIMIT + " bytes");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Reads one answer to its last byte and returns its body; throws a ProtocolException for any status but 200. */
    public static String readAnswer(InputStream in) throws IOException {
        String head = readHead(in);
        if (head.isEmpty()) {
            throw new EOFException("the peer closed without an answer");
        } else if (!head.matches("(?s)HTTP/1\\.[01] 200 .*")) {
            throw new ProtocolException("answered " + head.substring(0, head.indexOf('\r')));
        }
        // openssl s_server -www sends no length: the body ends with the stream (RFC 9112, 6.3).
        int length = -1;
        for (String line : head.toLowerCase(Locale.ROOT).split("\r\n", -1)) {
            if (line.startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() != length) {
            int next = in.read();
            if (next < 0 && length < 0) {
                break;
            } else if (next < 0) {
                throw new EOFException("the peer closed in the middle of its answer");
            }
            body.write(next);
        }
        return new String(body.toByteArray(), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
