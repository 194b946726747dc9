package dev.tlscope.demo;

import dev.tlscope.demo.tls.Buffers;
import dev.tlscope.demo.tls.Http;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One non-blocking server connection: the engine turns received bytes into requests, and answers into bytes to send.
 *
 * <p>All methods run on the selector's thread. The delegated tasks run on other threads; until they are done the
 * connection does nothing, because two threads must not wrap or unwrap with one engine.
 */
final class SelectorConnection {
    private static final int HEAD_LIMIT = 16 * 1024;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Function<String, byte[]> application;
    private final BiConsumer<SelectorConnection, Runnable> executor;

    /** Between calls all four buffers are ready to be filled; answers wait in appOut until they are wrapped. */
    private ByteBuffer netIn;

    private ByteBuffer netOut;
    private ByteBuffer appIn;
    private ByteBuffer appOut = Buffers.empty();

    private boolean tasksRunning;
    /** True when the client wants no further answer. */
    private boolean lastAnswer;

    SelectorConnection(
            SelectionKey key,
            SocketChannel channel,
            SSLEngine engine,
            Function<String, byte[]> application,
            BiConsumer<SelectorConnection, Runnable> executor) {
        this.key = key;
        this.channel = channel;
        this.engine = engine;
        this.application = application;
        this.executor = executor;
        int packet = engine.getSession().getPacketBufferSize();
        this.netIn = ByteBuffer.allocate(packet);
        this.netOut = ByteBuffer.allocate(packet);
        this.appIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /** Called when the channel can be read or written. */
    void ready() {
        guarded();
    }

    /** Called when the executor has run the engine's tasks. */
    void tasksDone() {
        tasksRunning = false;
        guarded();
    }

    private void guarded() {
        if (tasksRunning || !key.isValid()) {
            return;
        }
        try {
            advance();
        } catch (SSLException e) {
            sendAlert();
            close();
        } catch (IOException | RuntimeException e) {
            close();
        }
    }

    /** Does everything that can be done now, then sets the operations that the selector waits for. */
    private void advance() throws IOException {
        while (flush()) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
                return;
            } else if (status == HandshakeStatus.NEED_WRAP) {
                wrap(Buffers.empty());
            } else if (engine.isOutboundDone() && engine.isInboundDone()) {
                close();
                return;
            } else if (status == HandshakeStatus.NOT_HANDSHAKING && appOut.position() > 0) {
                wrapAnswers();
            } else if (!unwrap()) {
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
        }
        key.interestOps(SelectionKey.OP_WRITE);
    }

    private void runTasks() {
        tasksRunning = true;
        key.interestOps(0);
        executor.accept(this, () -> {
            Runnable task;
            while ((task = engine.getDelegatedTask()) != null) {
                task.run();
            }
        });
    }

    /** Unwraps one record of the received bytes; false when the network has no more for now. */
    private boolean unwrap() throws IOException {
        netIn.flip();
        SSLEngineResult result;
        try {
            result = engine.unwrap(netIn, appIn);
        } finally {
            netIn.compact();
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW:
                return fill();
            case BUFFER_OVERFLOW:
                appIn = Buffers.withRoom(appIn, engine.getSession().getApplicationBufferSize());
                return true;
            case CLOSED:
                // close_notify closes one direction in TLS 1.3 (RFC 8446, 6.1): nothing is left to say, so close ours.
                engine.closeOutbound();
                return true;
            default:
                answerRequests();
                return true;
        }
    }

    private boolean fill() throws IOException {
        if (!netIn.hasRemaining()) {
            netIn = Buffers.withRoom(netIn, engine.getSession().getPacketBufferSize());
        }
        int count = channel.read(netIn);
        if (count < 0) {
            // Throws when close_notify is missing.
            engine.closeInbound();
            engine.closeOutbound();
        }
        return count != 0;
    }

    /**
     * Answers every complete request, because clients may send several at once; an incomplete one waits for its
     * remainder.
     */
    private void answerRequests() throws IOException {
        appIn.flip();
        String received = StandardCharsets.ISO_8859_1.decode(appIn.duplicate()).toString();
        int start = 0;
        int end;
        while (!lastAnswer && (end = Http.endOfHead(received, start)) > 0) {
            String head = received.substring(start, end);
            byte[] answer = application.apply(head);
            appOut = Buffers.withRoom(appOut, answer.length);
            appOut.put(answer);
            lastAnswer = !Http.keepsAlive(head);
            start = end;
        }
        appIn.position(start);
        appIn.compact();
        if (appIn.position() > HEAD_LIMIT) {
            throw new IOException("no end of the head in " + HEAD_LIMIT + " bytes");
        }
    }

    private void wrapAnswers() throws IOException {
        appOut.flip();
        wrap(appOut);
        appOut.compact();
        if (lastAnswer && appOut.position() == 0) {
            engine.closeOutbound();
        }
    }

    private void wrap(ByteBuffer source) throws IOException {
        SSLEngineResult result = engine.wrap(source, netOut);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            // Even if the session's size has not grown, the engine needs more room than the buffer has.
            int size = Math.max(engine.getSession().getPacketBufferSize(), 2 * netOut.capacity());
            netOut = Buffers.withRoom(netOut, size);
        }
    }

    /** Writes the wrapped bytes; false when the network accepts no more for now. */
    private boolean flush() throws IOException {
        netOut.flip();
        channel.write(netOut);
        netOut.compact();
        return netOut.position() == 0;
    }

    /** Sends the alert; failures are ignored, because the connection ends in any case. */
    private void sendAlert() {
        // A wrap may first rethrow what a task threw; the one after it has the alert (SSLEngineImpl.wrap).
        for (int attempt = 0; attempt < 3 && !engine.isOutboundDone(); attempt++) {
            try {
                wrap(Buffers.empty());
                flush();
            } catch (IOException known) {
                // The first failure is the one that ended the connection.
            }
        }
    }

    private void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException gone) {
            // The channel is lost either way.
        }
    }
}
