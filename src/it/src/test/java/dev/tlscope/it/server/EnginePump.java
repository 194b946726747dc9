package dev.tlscope.it.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Drives any SSLEngine over a socket, as a server's own code would. */
final class EnginePump {
    private static final int SIZE = 1 << 16;

    private final SSLEngine engine;
    private final Socket socket;
    private final ByteBuffer received = ByteBuffer.allocate(SIZE);
    private final ByteBuffer decrypted = ByteBuffer.allocate(SIZE);

    EnginePump(SSLEngine engine, Socket socket) {
        this.engine = engine;
        this.socket = socket;
        ((java.nio.Buffer) received).flip();
    }

    /** Does the handshake; after a failure it sends the alert that the engine has. */
    void run() throws IOException {
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
                if (status == HandshakeStatus.NEED_TASK) {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                    status = engine.getHandshakeStatus();
                } else {
                    status = status == HandshakeStatus.NEED_WRAP ? wrap(ByteBuffer.allocate(0)) : unwrap();
                }
            }
        } catch (SSLException e) {
            try {
                engine.closeOutbound();
                for (int i = 0; i < 3 && !engine.isOutboundDone(); i++) {
                    wrap(ByteBuffer.allocate(0));
                }
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Sends a byte and receives one. */
    char exchange() throws IOException {
        wrap(ByteBuffer.wrap(new byte[] {'x'}));
        while (decrypted.position() == 0) {
            unwrap();
        }
        char got = (char) decrypted.get(0);
        engine.closeOutbound();
        wrap(ByteBuffer.allocate(0));
        return got;
    }

    private HandshakeStatus wrap(ByteBuffer source) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(SIZE);
        SSLEngineResult result = engine.wrap(source, record);
        socket.getOutputStream().write(record.array(), 0, record.position());
        return now(result);
    }

    private HandshakeStatus unwrap() throws IOException {
        SSLEngineResult result = engine.unwrap(received, decrypted);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            received.compact();
            int count = socket.getInputStream().read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                engine.closeInbound();
                throw new EOFException();
            }
            ((java.nio.Buffer) received).position(received.position() + count);
            ((java.nio.Buffer) received).flip();
        } else if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new EOFException("closed");
        }
        return now(result);
    }

    private HandshakeStatus now(SSLEngineResult result) {
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED
                ? HandshakeStatus.FINISHED
                : engine.getHandshakeStatus();
    }
}
