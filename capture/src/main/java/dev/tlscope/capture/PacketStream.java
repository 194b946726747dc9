package dev.tlscope.capture;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Synthesizes the packets around the records of one connection, as Enhanced Packet Blocks over LINKTYPE_RAW. */
abstract class PacketStream {
    static final byte[] NONE = {};

    final Endpoint local;
    final Endpoint peer;
    private final int protocol;
    private final boolean ipv6;
    private int identification;
    private long clock = Long.MIN_VALUE;

    /** @param protocol IP protocol number */
    PacketStream(Endpoint local, Endpoint peer, int protocol) {
        this.local = local;
        this.peer = peer;
        this.protocol = protocol;
        this.ipv6 = local.isIpv6() || peer.isIpv6();
    }

    /** Adds the packets that precede the first record. */
    abstract void open(BlockBuffer to, long timeNanos, @Nullable String comment);

    /** Adds a record. */
    abstract void data(BlockBuffer to, long timeNanos, boolean outbound, byte[] payload, @Nullable String comment);

    /** Adds the packets that follow the last record. */
    abstract void close(BlockBuffer to, long timeNanos, @Nullable String comment);

    /** Appends the transport's header, with a checksum of 0. */
    abstract void header(BlockBuffer to, boolean outbound, int flags, int count);

    /** The length of that header in bytes. */
    abstract int headerLength(int flags);

    /** The offset of the checksum in that header. */
    abstract int checksumAt();

    final void packet(
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
        int carried = headerLength(flags) + count;
        int length = (ipv6 ? 40 : 20) + carried;
        to.begin(Pcapng.ENHANCED_PACKET);
        to.u32(0);
        to.u64(clock);
        to.u32(length);
        to.u32(length);
        long pseudoHeader = ip(to, outbound ? local : peer, outbound ? peer : local, carried) + protocol + carried;
        int start = to.length();
        header(to, outbound, flags, count);
        to.put(payload, offset, count);
        to.setU16(start + checksumAt(), checksum(pseudoHeader + to.sum(start, to.length())));
        to.pad();
        packetOptions(to, outbound, comment);
        to.end();
    }

    /** Appends the IP header, and returns the sum of the addresses for the pseudo header (RFC 9293, 3.1; RFC 768). */
    private long ip(BlockBuffer to, Endpoint from, Endpoint dest, int carried) {
        int start = to.length();
        if (ipv6) {
            to.u32(6 << 28);
            to.u16(carried);
            to.u16(protocol << 8 | 64);
        } else {
            to.u16(0x4500);
            to.u16(20 + carried);
            to.u16(++identification);
            to.u16(0x4000);
            to.u16(64 << 8 | protocol);
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

    private static void packetOptions(BlockBuffer to, boolean outbound, @Nullable String comment) {
        if (comment != null) {
            to.option(Pcapng.OPTION_COMMENT, comment.getBytes(StandardCharsets.UTF_8));
        }
        to.option(Pcapng.OPTION_EPB_FLAGS, new byte[] {0, 0, 0, (byte) (outbound ? 2 : 1)});
        to.option(Pcapng.OPTION_END, NONE);
    }

    private static int checksum(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
