package dev.tlscope.demo.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** A connection over a blocking SocketChannel and an SSLEngine, client or server, used by one thread. */
public class EngineChannel implements TlsConnection {
    private static final int CLOSE_WAIT_MILLIS = 500;

    protected final SocketChannel channel;
    protected final SSLEngine engine;
    /** The socket's stream: reads from the channel have no timeout. */
    private final InputStream network;

    private final InputStream input = new Input();
    private final OutputStream output = new Output();

    /** Received bytes that are not yet unwrapped; between calls ready to be filled. */
    protected ByteBuffer netIn;
    /** Wrapped bytes to be sent; empty between calls. */
    private ByteBuffer netOut;
    /** Unwrapped bytes that the application has not yet read; between calls ready to be drained. */
    protected ByteBuffer appIn;

    /** Uses this engine over this channel; a read waits at most that many milliseconds. */
    public EngineChannel(SocketChannel channel, SSLEngine engine, int timeoutMillis) throws IOException {
        this.channel = channel;
        this.engine = engine;
        channel.socket().setSoTimeout(timeoutMillis);
        this.network = channel.socket().getInputStream();
        SSLSession session = engine.getSession();
        this.netIn = ByteBuffer.allocate(session.getPacketBufferSize());
        this.netOut = ByteBuffer.allocate(session.getPacketBufferSize());
        this.appIn = Buffers.empty();
    }

    @Override
    public void handshake() throws IOException {
        try {
            engine.beginHandshake();
            while (settle() == HandshakeStatus.NEED_UNWRAP) {
                if (!receive()) {
                    throw new EOFException("the peer closed during the handshake");
                }
            }
        } catch (SSLException e) {
            sendAlerts();
            throw e;
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public SSLSession session() {
        return engine.getSession();
    }

    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try {
            engine.closeOutbound();
            sendAlerts();
            channel.shutdownOutput();
            awaitPeer();
        } catch (IOException peerIsGone) {
            // close_notify was sent, or the peer is gone.
        } finally {
            channel.close();
        }
    }

    /** Runs tasks and sends what the engine has to send, until it needs data from the peer, or nothing. */
    private HandshakeStatus settle() throws IOException {
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                Runnable task;
                while ((task = engine.getDelegatedTask()) != null) {
                    task.run();
                }
            } else if (status != HandshakeStatus.NEED_WRAP) {
                return status;
            } else if (wrap(Buffers.empty()) == SSLEngineResult.Status.CLOSED) {
                return engine.getHandshakeStatus();
            }
        }
    }

    /** Unwraps one record of the peer; returns false at its close_notify. */
    private boolean receive() throws IOException {
        while (true) {
            netIn.flip();
            appIn.compact();
            SSLEngineResult result;
            try {
                result = engine.unwrap(netIn, appIn);
            } finally {
                netIn.compact();
                appIn.flip();
            }
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW:
                    if (!fill()) {
                        // Throws when close_notify is missing: the stream may have been truncated (RFC 8446, 6.1).
                        engine.closeInbound();
                        return false;
                    }
                    break;
                case BUFFER_OVERFLOW:
                    appIn.compact();
                    appIn = Buffers.withRoom(appIn, engine.getSession().getApplicationBufferSize());
                    appIn.flip();
                    break;
                case CLOSED:
                    return false;
                default:
                    return true;
            }
        }
    }

    /** Reads what the network has, at least a byte; returns false at the end of the stream. */
    protected final boolean fill() throws IOException {
        if (!netIn.hasRemaining()) {
            netIn = Buffers.withRoom(netIn, engine.getSession().getPacketBufferSize());
        }
        int count = network.read(netIn.array(), netIn.position(), netIn.remaining());
        if (count > 0) {
            netIn.position(netIn.position() + count);
        }
        return count >= 0;
    }

    private SSLEngineResult.Status wrap(ByteBuffer source) throws IOException {
        while (true) {
            SSLEngineResult result = engine.wrap(source, netOut);
            netOut.flip();
            while (netOut.hasRemaining()) {
                channel.write(netOut);
            }
            netOut.clear();
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return result.getStatus();
            }
            // The session's buffer size may have grown since; if not, the engine needs more than that size.
            int size = Math.max(engine.getSession().getPacketBufferSize(), 2 * netOut.capacity());
            netOut = Buffers.withRoom(netOut, size);
        }
    }

    /** Sends the alerts that the engine still holds: after a failure, or close_notify. */
    private void sendAlerts() {
        // A wrap may first rethrow what a task threw; the one after it has the alert (SSLEngineImpl.wrap).
        for (int attempt = 0; attempt < 3 && !engine.isOutboundDone(); attempt++) {
            try {
                if (wrap(Buffers.empty()) == SSLEngineResult.Status.CLOSED) {
                    return;
                }
            } catch (IOException known) {
                // The caller gets the first failure, not those that follow from it.
            }
        }
    }

    /**
     * Waits for the peer to close, because closing with unread bytes would reset the connection and may lose our last
     * record.
     */
    private void awaitPeer() throws IOException {
        channel.socket().setSoTimeout(CLOSE_WAIT_MILLIS);
        // If an Error of a task ended the handshake, the engine asks for that task forever.
        while (receive() && engine.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
            appIn.position(appIn.limit());
        }
    }

    private final class Input extends ArrayInput {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                while (!appIn.hasRemaining()) {
                    if (!receive()) {
                        return -1;
                    }
                    // The engine may need to answer after the handshake as well: KeyUpdate (RFC 8446, 4.6.3).
                    settle();
                }
            } catch (SSLException e) {
                sendAlerts();
                throw e;
            }
            int count = Math.min(length, appIn.remaining());
            appIn.get(target, offset, count);
            return count;
        }
    }

    private final class Output extends ArrayOutput {
        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            ByteBuffer data = ByteBuffer.wrap(source, offset, length);
            while (data.hasRemaining()) {
                if (wrap(data) == SSLEngineResult.Status.CLOSED) {
                    throw new EOFException("the connection is closed for writing");
                }
                settle();
            }
        }
    }
}
