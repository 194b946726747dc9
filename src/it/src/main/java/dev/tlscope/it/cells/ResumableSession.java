package dev.tlscope.it.cells;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Puts a session into a client's context, by a handshake in memory with a server's context. */
final class ResumableSession {
    private static final int HEADER = 5;

    private ResumableSession() {}

    /** Afterwards the client's next connection to that line's server offers to resume. */
    static void make(SSLContext client, SSLContext server, String version, Line line) throws IOException {
        SSLEngine asking = client(client, version, line);
        SSLEngine answering = server.createSSLEngine();
        answering.setUseClientMode(false);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        boolean moved = true;
        while (moved) {
            // a few more rounds than the handshake needs, because TLS 1.3 sends its tickets after it
            boolean asked = step(asking, toClient, toServer);
            boolean answered = step(answering, toServer, toClient);
            moved = asked || answered;
        }
        asking.closeOutbound();
        step(asking, toClient, toServer);
        step(answering, toServer, toClient);
        answering.closeOutbound();
        step(answering, toServer, toClient);
        step(asking, toClient, toServer);
    }

    /** The ClientHello with which that client would resume. */
    static byte[] resumingHello(SSLContext client, String version, Line line) throws IOException {
        SSLEngine asking = client(client, version, line);
        ByteBuffer out = ByteBuffer.allocate(1 << 15);
        asking.beginHandshake();
        asking.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOfRange(out.array(), HEADER, out.position());
    }

    /** That ClientHello without one of its extensions. */
    static byte[] without(int extension, byte... hello) {
        int at = 4 + 2 + 32;
        at += 1 + (hello[at] & 0xff);
        at += 2 + number(hello, at);
        at += 1 + (hello[at] & 0xff);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int from = at + 2; from < hello.length; ) {
            int length = 4 + number(hello, from + 2);
            if (number(hello, from) != extension) {
                kept.write(hello, from, length);
            }
            from += length;
        }
        byte[] body = new Bytes()
                .raw(Arrays.copyOfRange(hello, 4, at))
                .vector(2, kept.toByteArray())
                .done();
        return PlaintextRecords.message(hello[0], body);
    }

    private static SSLEngine client(SSLContext context, String version, Line line) {
        SSLEngine engine = context.createSSLEngine(line.name(), line.port());
        engine.setUseClientMode(true);
        javax.net.ssl.SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Unwraps all received bytes and wraps all that is to be sent; returns false if there was neither. */
    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws IOException {
        boolean moved = false;
        in.flip();
        while (in.hasRemaining()) {
            SSLEngineResult result =
                    engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
            runTasks(engine);
            moved = true;
            if (result.getStatus() != SSLEngineResult.Status.OK
                    || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                break;
            }
        }
        in.compact();
        int before = out.position();
        do {
            engine.wrap(ByteBuffer.allocate(0), out);
            runTasks(engine);
        } while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
        return moved || out.position() > before;
    }

    private static void runTasks(SSLEngine engine) {
        Runnable task;
        while ((task = engine.getDelegatedTask()) != null) {
            task.run();
        }
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
