package dev.tlscope.it.raw;

import java.io.IOException;

/** The JSSE under test, as the raw peer reaches it: bytes to it, bytes from it. */
interface JsseEnd {
    /** The outcome of JSSE where it threw nothing. */
    String NO_REFUSAL = "none";

    void send(byte... bytes) throws IOException;

    /** So many bytes of JSSE's; throws EOFException when JSSE has ended, or has nothing to say. */
    byte[] receive(int count) throws IOException;

    /** Ends the stream of bytes to it, without anything that TLS would say. */
    void endInput() throws IOException;

    /** Waits until JSSE has ended, and says how: an exception with its causes, or that there was none. */
    String outcome() throws IOException;
}
