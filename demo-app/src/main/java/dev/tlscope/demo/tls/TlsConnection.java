package dev.tlscope.demo.tls;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSession;

/** One TLS connection, over SSLSocket or SSLEngine. One thread uses it; reads and writes block. */
public interface TlsConnection extends Closeable {
    /** Completes the handshake. In TLS 1.3 the peer may still reject it afterwards; then the first read fails. */
    void handshake() throws IOException;

    InputStream input();

    OutputStream output();

    /** The session; available after the handshake. */
    SSLSession session();

    /** Sends close_notify, waits briefly for the peer's, and closes the transport. */
    @Override
    void close() throws IOException;
}
