package dev.tlscope.capture;

import org.jspecify.annotations.Nullable;

/** Synthesizes the TCP connection (RFC 9293) around the records of one TLS connection. */
final class TcpStream extends PacketStream {
    static final int PROTOCOL = 6;
    static final int FIN = 1;
    static final int SYN = 2;
    static final int PSH = 8;
    static final int ACK = 16;

    /** The most payload in one segment: an IPv4 packet holds 65,535 bytes with its headers. */
    private static final int MAX_PAYLOAD = 65_000;
    /**
     * Window shift 14 makes the window 1 GiB (RFC 7323, 2.3). An ACK is added long before that, or Wireshark reports a
     * full window.
     */
    private static final int MAX_UNACKNOWLEDGED = 1 << 28;

    private static final byte[] SYN_OPTIONS = {2, 4, (byte) 0xfd, (byte) 0xe8, 3, 3, 14, 1};

    private final boolean localIsClient;
    private int localSeq;
    private int peerSeq;
    private int localUnacknowledged;
    private int peerUnacknowledged;

    TcpStream(Endpoint local, Endpoint peer, boolean localIsClient, int initialSequence) {
        super(local, peer, PROTOCOL);
        this.localIsClient = localIsClient;
        this.localSeq = initialSequence;
        this.peerSeq = ~initialSequence;
    }

    @Override
    void open(BlockBuffer to, long timeNanos, @Nullable String comment) {
        segment(to, timeNanos, localIsClient, SYN, NONE, 0, 0, comment);
        segment(to, timeNanos, !localIsClient, SYN | ACK, NONE, 0, 0, null);
        segment(to, timeNanos, localIsClient, ACK, NONE, 0, 0, null);
    }

    /** Only the last segment of a record has PSH; the reader relies on that to find the record's end. */
    @Override
    void data(BlockBuffer to, long timeNanos, boolean outbound, byte[] payload, @Nullable String comment) {
        String once = comment;
        for (int offset = 0; offset < payload.length; offset += MAX_PAYLOAD) {
            int count = Math.min(MAX_PAYLOAD, payload.length - offset);
            int flags = offset + count == payload.length ? PSH | ACK : ACK;
            segment(to, timeNanos, outbound, flags, payload, offset, count, once);
            once = null;
        }
        if ((outbound ? localUnacknowledged : peerUnacknowledged) > MAX_UNACKNOWLEDGED) {
            segment(to, timeNanos, !outbound, ACK, NONE, 0, 0, null);
        }
    }

    @Override
    void close(BlockBuffer to, long timeNanos, @Nullable String comment) {
        segment(to, timeNanos, true, FIN | ACK, NONE, 0, 0, comment);
        segment(to, timeNanos, false, FIN | ACK, NONE, 0, 0, null);
        segment(to, timeNanos, true, ACK, NONE, 0, 0, null);
    }

    @Override
    void header(BlockBuffer to, boolean outbound, int flags, int count) {
        to.u16((outbound ? local : peer).port(0));
        to.u16((outbound ? peer : local).port(0));
        to.u32(outbound ? localSeq : peerSeq);
        to.u32((flags & ACK) == 0 ? 0 : outbound ? peerSeq : localSeq);
        to.u16((headerLength(flags) / 4) << 12 | flags);
        to.u16(0xffff);
        to.u32(0);
        to.put((flags & SYN) != 0 ? SYN_OPTIONS : NONE);
    }

    @Override
    int headerLength(int flags) {
        return 20 + ((flags & SYN) != 0 ? SYN_OPTIONS.length : 0);
    }

    @Override
    int checksumAt() {
        return 16;
    }

    private void segment(
            BlockBuffer to,
            long timeNanos,
            boolean outbound,
            int flags,
            byte[] payload,
            int offset,
            int count,
            @Nullable String comment) {
        packet(to, timeNanos, outbound, flags, payload, offset, count, comment);
        int step = count + ((flags & (SYN | FIN)) != 0 ? 1 : 0);
        if (outbound) {
            localSeq += step;
            localUnacknowledged += step;
            peerUnacknowledged = 0;
        } else {
            peerSeq += step;
            peerUnacknowledged += step;
            localUnacknowledged = 0;
        }
    }
}
