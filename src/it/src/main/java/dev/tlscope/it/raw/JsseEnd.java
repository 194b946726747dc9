package dev.tlscope.it.raw;

import java.io.IOException;

/** The JSSE under test, as the raw peer uses it: bytes to it, bytes from it. */
interface JsseEnd {
    /** The outcome if JSSE threw nothing. */
    String NO_REFUSAL = "none";

    void send(byte... bytes) throws IOException;

    /** Receives that many bytes from JSSE; throws EOFException when JSSE has ended, or has nothing to send. */
    byte[] receive(int count) throws IOException;

    /** Ends the stream of bytes to it, without any TLS message. */
    void endInput() throws IOException;

    /** Waits until JSSE has ended, and returns its outcome: an exception with its causes, or that there was none. */
    String outcome() throws IOException;
}
