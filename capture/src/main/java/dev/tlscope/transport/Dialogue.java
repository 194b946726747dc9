package dev.tlscope.transport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What both sides say before TLS. It reads byte by byte, because the bytes after the dialogue are those of TLS. */
final class Dialogue {
    private static final int MOST_LINE = 8192;
    private static final int MOST_LINES = 200;

    private final InputStream in;
    private final OutputStream out;
    private final Consumer<String> heard;

    Dialogue(Socket socket, Consumer<String> heard) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.heard = heard;
    }

    /** Sends a line. */
    void say(String line) throws IOException {
        heard.accept("> " + line);
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Sends an element of XML: a byte after the last would already be one of TLS. */
    void element(String xml) throws IOException {
        send(xml.getBytes(StandardCharsets.UTF_8), xml);
    }

    /** Sends bytes that are no text. */
    void send(byte[] bytes, String meaning) throws IOException {
        heard.accept("> " + meaning);
        out.write(bytes);
        out.flush();
    }

    /** Receives a line, without its end. */
    String line() throws IOException {
        String line = until("\n").trim();
        heard.accept("< " + line);
        return line;
    }

    /** The lines of a reply, up to the first that begins with one of these. */
    List<String> linesUntil(String... last) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES) {
            String line = line();
            lines.add(line);
            for (String begin : last) {
                if (line.startsWith(begin)) {
                    return lines;
                }
            }
        }
        throw new NoTransportException(
                "the reply has more than " + MOST_LINES + " lines; check which protocol is expected there");
    }

    /** The lines of a reply of SMTP or FTP, of which all but the last have a hyphen after the code (RFC 5321, 4.2.1). */
    List<String> reply() throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (lines.get(lines.size() - 1).matches("[0-9]{3}-.*|[^0-9].*|") && lines.size() < MOST_LINES);
        return lines;
    }

    /** Text up to the end of one of these words. */
    String until(String... words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < MOST_LINE) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException(
                        bytes.size() == 0
                                ? "the connection was closed"
                                : "the connection was closed after " + printable(text(bytes)));
            }
            bytes.write(next);
            for (String word : words) {
                if (next == word.charAt(word.length() - 1) && text(bytes).endsWith(word)) {
                    return text(bytes);
                }
            }
        }
        throw new IOException("what it sent has no end: " + printable(text(bytes)));
    }

    /** Notes what was received as bytes or XML. */
    void received(String meaning) {
        heard.accept("< " + meaning);
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; ) {
            int more = in.read(bytes, at, count - at);
            if (more < 0) {
                throw new EOFException("the connection was closed after " + at + " of " + count + " bytes");
            }
            at += more;
        }
        return bytes;
    }

    static String printable(String text) {
        String line = text.trim().replaceAll("\\p{Cntrl}", "?");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}
