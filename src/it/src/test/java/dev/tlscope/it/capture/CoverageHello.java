package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

/** The first ClientHello, if JSSE's two sides have it in different forms. */
final class CoverageHello {
    private static final int AS_FAR_AS_THE_RANDOM = 2 * (2 + 32);

    private CoverageHello() {}

    /**
     * The message as it went over the wire.
     *
     * <p>For an SSLv2 CLIENT-HELLO: the client's message without what that form lacks. In DTLS the server reads only
     * the beginning of a ClientHello without a cookie (RFC 6347, 4.2.1), and uses that length as the message's.
     */
    static TlsMessage onTheWire(CoverageCell cell, CapturedSide client, CapturedSide server) {
        TlsMessage sent = client.messages().get(0);
        if (cell.what().equals("v2-hello")) {
            return new TlsMessage(true, TlsMessage.HANDSHAKE, Version2Hello.converted(sent));
        }
        if (cell.isDatagram()) {
            TlsMessage read = server.messages().get(0);
            assertThat(sent.body()).startsWith(read.body());
            assertThat(read.body().length()).isGreaterThanOrEqualTo(AS_FAR_AS_THE_RANDOM);
        }
        return sent;
    }
}
