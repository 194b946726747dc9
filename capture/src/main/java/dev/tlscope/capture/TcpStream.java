package dev.tlscope.capture;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The TCP connection (RFC 9293) that is made up around the records of one TLS connection, as Enhanced Packet Blocks. */
final class TcpStream {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int PSH = 8;
    static final int ACK = 16;

    /** Of one segment: an IPv4 packet holds 65,535 bytes with its headers. */
    private static final int MAX_PAYLOAD = 65_000;
    /** Window shift 14 makes 1 GiB (RFC 7323, 2.3); far from it an ACK is made up, or Wireshark sees a full window. */
    private static final int MAX_UNACKNOWLEDGED = 1 << 28;

    private static final byte[] SYN_OPTIONS = {2, 4, (byte) 0xfd, (byte) 0xe8, 3, 3, 14, 1};
    private static final byte[] NONE = {};

    private final Endpoint local;
    private final Endpoint peer;
    private final boolean localIsClient;
    private final boolean ipv6;
    private int localSeq;
    private int peerSeq;
    private int localUnacknowledged;
    private int peerUnacknowledged;
    private int identification;
    private long clock = Long.MIN_VALUE;

    TcpStream(Endpoint local, Endpoint peer, boolean localIsClient, int initialSequence) {
        this.local = local;
        this.peer = peer;
        this.localIsClient = localIsClient;
        this.ipv6 = local.isIpv6() || peer.isIpv6();
        this.localSeq = initialSequence;
        this.peerSeq = ~initialSequence;
    }

    void open(BlockBuffer to, long timeNanos, @Nullable String comment) {
        packet(to, timeNanos, localIsClient, SYN, NONE, 0, 0, comment);
        packet(to, timeNanos, !localIsClient, SYN | ACK, NONE, 0, 0, null);
        packet(to, timeNanos, localIsClient, ACK, NONE, 0, 0, null);
    }

    /** Adds a record; the last of its segments, and only that, has PSH, by which the reader knows where it ends. */
    void data(BlockBuffer to, long timeNanos, boolean outbound, byte[] payload, @Nullable String comment) {
        String once = comment;
        for (int offset = 0; offset < payload.length; offset += MAX_PAYLOAD) {
            int count = Math.min(MAX_PAYLOAD, payload.length - offset);
            int flags = offset + count == payload.length ? PSH | ACK : ACK;
            packet(to, timeNanos, outbound, flags, payload, offset, count, once);
            once = null;
        }
        if ((outbound ? localUnacknowledged : peerUnacknowledged) > MAX_UNACKNOWLEDGED) {
            packet(to, timeNanos, !outbound, ACK, NONE, 0, 0, null);
        }
    }

    void close(BlockBuffer to, long timeNanos, @Nullable String comment) {
        packet(to, timeNanos, true, FIN | ACK, NONE, 0, 0, comment);
        packet(to, timeNanos, false, FIN | ACK, NONE, 0, 0, null);
        packet(to, timeNanos, true, ACK, NONE, 0, 0, null);
    }

    private void packet(
            BlockBuffer to,
            long timeNanos,
            boolean outbound,
            int flags,
            byte[] payload,
            int offset,
            int count,
            @Nullable String comment) {
        // The system's clock may be set back; within a stream that would look like packets out of order.
        clock = Math.max(clock, timeNanos);
        byte[] options = (flags & SYN) != 0 ? SYN_OPTIONS : NONE;
        int tcpLength = 20 + options.length + count;
        int length = (ipv6 ? 40 : 20) + tcpLength;
        to.begin(Pcapng.ENHANCED_PACKET);
        to.u32(0);
        to.u64(clock);
        to.u32(length);
        to.u32(length);
        long pseudoHeader = ip(to, outbound ? local : peer, outbound ? peer : local, tcpLength) + 6 + tcpLength;
        int start = to.length();
        tcp(to, outbound, flags, options.length);
        to.put(options);
        to.put(payload, offset, count);
        to.setU16(start + 16, checksum(pseudoHeader + to.sum(start, to.length())));
        to.pad();
        packetOptions(to, outbound, comment);
        to.end();
        advance(outbound, flags, count);
    }

    /** Appends the IP header; the result is the addresses' part of the pseudo header's sum (RFC 9293, 3.1). */
    private long ip(BlockBuffer to, Endpoint from, Endpoint dest, int tcpLength) {
        int start = to.length();
        if (ipv6) {
            to.u32(6 << 28);
            to.u16(tcpLength);
            to.u16(6 << 8 | 64);
        } else {
            to.u16(0x4500);
            to.u16(20 + tcpLength);
            to.u16(++identification);
            to.u16(0x4000);
            to.u16(64 << 8 | 6);
            to.u16(0);
        }
        int addresses = to.length();
        to.put(from.address(ipv6));
        to.put(dest.address(ipv6));
        if (!ipv6) {
            to.setU16(start + 10, checksum(to.sum(start, to.length())));
        }
        return to.sum(addresses, to.length());
    }

    private void tcp(BlockBuffer to, boolean outbound, int flags, int optionLength) {
        to.u16((outbound ? local : peer).port(0));
        to.u16((outbound ? peer : local).port(0));
        to.u32(outbound ? localSeq : peerSeq);
        to.u32((flags & ACK) == 0 ? 0 : outbound ? peerSeq : localSeq);
        to.u16((5 + optionLength / 4) << 12 | flags);
        to.u16(0xffff);
        to.u32(0);
    }

    private static void packetOptions(BlockBuffer to, boolean outbound, @Nullable String comment) {
        if (comment != null) {
            to.option(Pcapng.OPTION_COMMENT, comment.getBytes(StandardCharsets.UTF_8));
        }
        to.option(Pcapng.OPTION_EPB_FLAGS, new byte[] {0, 0, 0, (byte) (outbound ? 2 : 1)});
        to.option(Pcapng.OPTION_END, NONE);
    }

    private void advance(boolean outbound, int flags, int count) {
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

    private static int checksum(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
