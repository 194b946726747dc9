package dev.tlscope.capture;

import org.jspecify.annotations.Nullable;

/** Synthesizes the datagrams (RFC 768) of one DTLS connection, one per record, without opening or closing packets. */
final class UdpStream extends PacketStream {
    static final int PROTOCOL = 17;

    /** The most payload in one IPv4 packet of 65,535 bytes. DTLS records are far smaller (RFC 6347, 4.1.1). */
    static final int MAX_PAYLOAD = 65_507;

    private @Nullable String first;

    UdpStream(Endpoint local, Endpoint peer) {
        super(local, peer, PROTOCOL);
    }

    /** True for a DTLS record: its version is the ones' complement of 1.0 or 1.2 (RFC 6347, 4.1). */
    static boolean carries(byte[] record) {
        return record.length >= 13 && record.length <= MAX_PAYLOAD && record[1] == (byte) 0xfe;
    }

    /** Writes nothing: the first datagram carries the comment. */
    @Override
    void open(BlockBuffer to, long timeNanos, @Nullable String comment) {
        first = comment;
    }

    @Override
    void data(BlockBuffer to, long timeNanos, boolean outbound, byte[] payload, @Nullable String comment) {
        packet(to, timeNanos, outbound, 0, payload, 0, payload.length, comment == null ? first : comment);
        first = null;
    }

    /** Writes nothing: UDP has no closing packet. */
    @Override
    void close(BlockBuffer to, long timeNanos, @Nullable String comment) {}

    @Override
    void header(BlockBuffer to, boolean outbound, int flags, int count) {
        to.u16((outbound ? local : peer).port(0));
        to.u16((outbound ? peer : local).port(0));
        to.u16(headerLength(flags) + count);
        to.u16(0);
    }

    @Override
    int headerLength(int flags) {
        return 8;
    }

    @Override
    int checksumAt() {
        return 6;
    }
}
