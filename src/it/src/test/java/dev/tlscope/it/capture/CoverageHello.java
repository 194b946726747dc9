package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

/** The first ClientHello, where JSSE's two sides have it in two forms. */
final class CoverageHello {
    private static final int AS_FAR_AS_THE_RANDOM = 2 * (2 + 32);

    private CoverageHello() {}

    /**
     * As it went over the wire.
     *
     * <p>In SSLv2's form: the client's message with what that form leaves out left out. In DTLS the server reads only the
     * beginning of one without a cookie (RFC 6347, 4.2.1), whose length it then gives as the message's.
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
