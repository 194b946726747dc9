package dev.tlscope.it.capture;

import java.io.IOException;

/** Both ends of a cell's connection, in one JVM. */
interface CellConnection {
    /** The first handshake. */
    void handshake() throws IOException;

    /** Another one on the same connection: a renegotiation, or TLS 1.3's KeyUpdate. */
    void handshakeAgain(boolean byServer) throws IOException;

    /** A request and a response with a body of so many bytes. */
    void exchange(int size) throws IOException;

    /** Flips a bit of a request's record in transit; the server must refuse it. */
    void corrupt() throws IOException;

    /** close_notify, both ways. */
    void close() throws IOException;
}
