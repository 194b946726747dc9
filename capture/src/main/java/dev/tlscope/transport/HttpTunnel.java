package dev.tlscope.transport;

import java.io.IOException;

/** A tunnel through an HTTP proxy (RFC 9110, 9.3.6). */
final class HttpTunnel {
    private static final int MOST_LINES = 100;

    private HttpTunnel() {}

    static void open(Dialogue dialogue, Destination to, Destination proxy) throws IOException {
        dialogue.say("CONNECT " + to + " HTTP/1.1");
        dialogue.say("Host: " + to);
        dialogue.say("");
        String status;
        try {
            status = dialogue.line();
        } catch (IOException e) {
            throw new NoTransportException("the proxy " + proxy + " did not answer CONNECT: " + e.getMessage()
                    + "; check whether it is an HTTP proxy");
        }
        if (!status.matches("HTTP/1\\.[01] 2[0-9]{2}\\b.*")) {
            throw new NoTransportException("the proxy " + proxy + " refused CONNECT " + to + ": "
                    + Dialogue.printable(status)
                    + (status.contains(" 407") ? "; it wants a user, which tlscope does not send" : "")
                    + "; ask whoever runs the proxy whether it lets this destination pass");
        }
        for (int left = MOST_LINES; left > 0 && !dialogue.line().isEmpty(); left--) {
            // the fields of the header say nothing about the tunnel
        }
    }
}
