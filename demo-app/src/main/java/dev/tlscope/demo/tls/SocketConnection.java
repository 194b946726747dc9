package dev.tlscope.demo.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A connection over SSLSocket. */
public final class SocketConnection implements TlsConnection {
    private final SSLSocket socket;
    private final InputStream input;
    private final OutputStream output;

    /** Uses a socket that is already connected. */
    public SocketConnection(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
    }

    @Override
    public void handshake() throws IOException {
        socket.startHandshake();
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
        return socket.getSession();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
