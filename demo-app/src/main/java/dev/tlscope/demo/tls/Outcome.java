package dev.tlscope.demo.tls;

import javax.net.ssl.SSLSession;

/** The result of one handshake, as a line that tests and the demo read. */
public final class Outcome {
    private Outcome() {}

    public static String ok(SSLSession session) {
        return "ok " + session.getProtocol() + " " + session.getCipherSuite();
    }

    /** The exception's text, on one line. */
    public static String failed(Throwable failure) {
        return "failed " + failure.toString().replaceAll("\\s+", " ");
    }
}
