package dev.tlscope.it.raw;

import java.io.EOFException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** JSSE as an SSLEngine without a socket, driven by the raw peer's thread as the API documentation describes. */
final class JsseEngineEnd implements JsseEnd {
    private static final int ROOM = 1 << 17;

    private final SSLEngine engine;
    private byte[] toEngine = new byte[0];
    private byte[] fromEngine = new byte[0];
    private String outcome = NO_REFUSAL;
    private boolean failed;

    JsseEngineEnd(SSLEngine engine) throws IOException {
        this.engine = engine;
        engine.beginHandshake();
        drive();
    }

    @Override
    public void send(byte... bytes) throws IOException {
        toEngine = OctetWriter.joined(toEngine, bytes);
        drive();
    }

    @Override
    public byte[] receive(int count) throws IOException {
        if (fromEngine.length < count) {
            throw new EOFException("the engine has no more to say");
        }
        byte[] bytes = Arrays.copyOf(fromEngine, count);
        fromEngine = Arrays.copyOfRange(fromEngine, count, fromEngine.length);
        return bytes;
    }

    @Override
    public void endInput() throws IOException {
        if (failed || engine.isInboundDone()) {
            return;
        }
        try {
            engine.closeInbound();
        } catch (SSLException e) {
            fail(e);
        }
        drive();
    }

    @Override
    public String outcome() {
        engine.closeOutbound();
        sendRest();
        return outcome;
    }

    private void drive() throws IOException {
        try {
            while (!failed && step()) {
                // until it needs more from the peer
            }
        } catch (SSLException | RuntimeException e) {
            fail(e);
        }
    }

    /** False when the engine waits for bytes, or has ended. */
    private boolean step() throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            return true;
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            return wrap();
        }
        ByteBuffer source = ByteBuffer.wrap(toEngine);
        SSLEngineResult result = engine.unwrap(source, ByteBuffer.allocate(ROOM));
        toEngine = Arrays.copyOfRange(toEngine, source.position(), toEngine.length);
        boolean moved = result.bytesConsumed() > 0 || engine.getHandshakeStatus() != status;
        return (moved && !engine.isInboundDone()) || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    private boolean wrap() throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(ROOM);
        HandshakeStatus before = engine.getHandshakeStatus();
        engine.wrap(ByteBuffer.allocate(0), target);
        ((Buffer) target).flip();
        byte[] produced = new byte[target.remaining()];
        target.get(produced);
        fromEngine = OctetWriter.joined(fromEngine, produced);
        return produced.length > 0 || engine.getHandshakeStatus() != before;
    }

    private void fail(Exception e) {
        failed = true;
        outcome = ExceptionText.of(e);
        sendRest();
    }

    /** Sends the alert, which JSSE returns after the exception. */
    private void sendRest() {
        try {
            while (!engine.isOutboundDone() && wrap()) {
                // one record each
            }
        } catch (SSLException again) {
            // JSSE throws the same exception again when it has nothing to send
        }
    }
}
