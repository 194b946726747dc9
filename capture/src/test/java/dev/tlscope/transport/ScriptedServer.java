package dev.tlscope.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server that says what a script says, waits for what the script expects, and then takes three bytes, which TLS begins with. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    /**
     * A step.
     *
     * @param expected what the client must have sent, as text; empty if the server speaks first
     * @param reply what the server says then
     */
    record Step(String expected, String reply) {
        /** Each character is a byte. */
        byte[] bytes() {
            return reply.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    ScriptedServer(List<Step> script) throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> run(script));
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What came after the script, in hex; or what was wrong before. */
    String outcome() throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void run(List<Step> script) {
        try (Socket accepted = socket.accept()) {
            InputStream in = accepted.getInputStream();
            OutputStream out = accepted.getOutputStream();
            for (Step step : script) {
                String sent =
                        step.expected().isEmpty() ? "" : receive(in, Pattern.compile(step.expected(), Pattern.DOTALL));
                if (sent == null) {
                    outcome.complete("the client did not send " + step.expected());
                    return;
                }
                out.write(step.bytes());
                out.flush();
            }
            byte[] first = in.readNBytes(3);
            outcome.complete(HexFormat.of().formatHex(first));
        } catch (IOException e) {
            outcome.complete(e.toString());
        }
    }

    /** Receives until all of it matches; null if the client ends before. */
    private static String receive(InputStream in, Pattern expected) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        while (!expected.matcher(text).matches()) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            text = bytes.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }
}
