package dev.tlscope.it.capture;

/**
 * A cell of CoverageRun, as the JVM that played it printed it.
 *
 * @param group the one named group of both sides, or {@code -} for JSSE's choice
 * @param link {@code socket}, {@code engine} or {@code direct} (engine with direct buffers)
 * @param what the case: {@code full}, {@code resumed}, {@code hello-retry}, ...
 * @param outcome {@code ok}, {@code failed WHY}, or {@code na WHY} if this JDK cannot play it
 */
record CoverageCell(String id, String protocol, String suite, String group, String link, String what, String outcome) {
    static CoverageCell parse(String line) {
        String[] part = line.split(" ", 7);
        return new CoverageCell(part[0], part[1], part[2], part[3], part[4], part[5], part[6]);
    }

    boolean played() {
        return !outcome.startsWith("na ");
    }

    /** What this JDK lacks for the cell. */
    String lack() {
        return outcome.substring("na ".length());
    }

    boolean isDatagram() {
        return protocol.startsWith("DTLS");
    }

    /** True when tshark cannot decrypt it: tshark 4.0 does not decrypt ChaCha20-Poly1305 in DTLS 1.2. */
    boolean isSealedToTshark() {
        return isDatagram() && suite.contains("CHACHA20");
    }

    /** Number of TLS connections that it makes, each captured on both sides. */
    int connections() {
        return what.equals("resumed") ? 2 : 1;
    }

    /** Number of requests, each with its response, on a connection. */
    int exchanges() {
        int handshakesAgain = switch (what) {
            case "key-update" -> 2;
            case "renegotiation", "hello-request" -> 1;
            default -> 0;
        };
        return 1 + handshakesAgain * (link.equals("socket") ? 3 : 1);
    }

    @Override
    public String toString() {
        return id + " " + protocol + " " + suite + " " + group + " " + link + " " + what;
    }
}
