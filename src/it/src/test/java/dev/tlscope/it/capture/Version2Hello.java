package dev.tlscope.it.capture;

/**
 * An SSLv2 CLIENT-HELLO (RFC 5246, E.2) as a TLS ClientHello with the same content, as JSSE's server converts it. The
 * client's JSSE converts it from a ClientHello with extensions, which are lost.
 */
final class Version2Hello {
    private static final String SCSV = "00ff";

    private Version2Hello() {}

    /** Converts from tshark's dissection of the record. */
    static String converted(TsharkNode record) {
        StringBuilder suites = new StringBuilder();
        for (TsharkNode spec : record.all("tls.handshake.cipherspec")) {
            suites.append(spec.raw().substring(2));
        }
        String challenge = record.all("tls.handshake.challenge").get(0).raw();
        String version = record.all("tls.handshake.version").get(0).raw();
        return hello(version, "0".repeat(64 - challenge.length()) + challenge, suites.toString());
    }

    /** Converts from the message that the client's JSSE started from, which offers one suite. */
    static String converted(TlsMessage clientHello) {
        String body = clientHello.body();
        int session = 2 * Integer.parseInt(body.substring(68, 70), 16);
        int suites = 70 + session;
        int length = 2 * Integer.parseInt(body.substring(suites, suites + 4), 16);
        return hello(
                body.substring(0, 4), body.substring(4, 68), body.substring(suites + 4, suites + 4 + length) + SCSV);
    }

    private static String hello(String version, String random, String suites) {
        String body = version + random + "00" + String.format("%04x", suites.length() / 2) + suites + "0100";
        return String.format("01%06x", body.length() / 2) + body;
    }
}
