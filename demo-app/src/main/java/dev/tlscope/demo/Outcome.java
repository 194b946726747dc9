package dev.tlscope.demo;

import javax.net.ssl.SSLSession;

/** How one handshake went, as the one line that tests and the demo read. */
final class Outcome {
    private Outcome() {}

    static String ok(SSLSession session) {
        return "ok " + session.getProtocol() + " " + session.getCipherSuite();
    }

    /** The exception's own words, on one line. */
    static String failed(Throwable failure) {
        return "failed " + failure.toString().replaceAll("\\s+", " ");
    }
}
