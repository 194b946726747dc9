package dev.tlscope.demo.tls;

import javax.net.ssl.SSLSession;

/** How one handshake went, as the one line that tests and the demo read. */
public final class Outcome {
    private Outcome() {}

    public static String ok(SSLSession session) {
        return "ok " + session.getProtocol() + " " + session.getCipherSuite();
    }

    /** The exception's own words, on one line. */
    public static String failed(Throwable failure) {
        return "failed " + failure.toString().replaceAll("\\s+", " ");
    }
}
