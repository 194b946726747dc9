package dev.tlscope.it.capture;

import java.io.IOException;

/** Both ends of a cell's connection, in one JVM. */
interface CellConnection {
    /** Performs the first handshake. */
    void handshake() throws IOException;

    /** Performs another handshake on the same connection: a renegotiation, or TLS 1.3's KeyUpdate. */
    void handshakeAgain(boolean byServer) throws IOException;

    /** Sends a request, and a response with a body of that many bytes. */
    void exchange(int size) throws IOException;

    /** Flips a bit of a request's record in transit; the server must reject it. */
    void corrupt() throws IOException;

    /** Sends close_notify in both directions. */
    void close() throws IOException;
}
