package dev.tlscope.capture;

import java.nio.ByteBuffer;

/** Locates the TCP or UDP payload in an Enhanced Packet Block over LINKTYPE_RAW. */
final class PacketPayload {
    private final byte[] array;
    private final int start;
    private final int length;
    private final boolean last;

    private PacketPayload(byte[] array, int start, int length, boolean last) {
        this.array = array;
        this.start = start;
        this.length = length;
        this.last = last;
    }

    /** Parses a block's body; the result refers to its array. */
    static PacketPayload of(ByteBuffer body) throws Damage {
        require(body.remaining() >= 20);
        int captured = body.getInt(body.position() + 12);
        require(captured >= 20 && captured <= body.remaining() - 20);
        int at = body.arrayOffset() + body.position() + 20;
        byte[] packet = body.array();
        int ip;
        int end;
        int protocol;
        if ((packet[at] & 0xf0) == 0x40) {
            ip = (packet[at] & 0xf) * 4;
            end = u16(packet, at + 2);
            protocol = packet[at + 9];
        } else {
            require((packet[at] & 0xf0) == 0x60 && captured >= 40);
            ip = 40;
            end = 40 + u16(packet, at + 4);
            protocol = packet[at + 6];
        }
        require(ip >= 20 && end <= captured);
        if (protocol == UdpStream.PROTOCOL) {
            require(end - ip >= 8);
            return new PacketPayload(packet, at + ip + 8, end - ip - 8, true);
        }
        require(protocol == TcpStream.PROTOCOL && end - ip >= 20);
        int start = ip + (packet[at + ip + 12] >>> 4 & 0xf) * 4;
        require(start >= ip + 20 && start <= end);
        boolean push = (packet[at + ip + 13] & TcpStream.PSH) != 0;
        return new PacketPayload(packet, at + start, end - start, push);
    }

    /** The array that contains it, not copied. */
    byte[] array() {
        return array;
    }

    /** Index of its first byte in the array. */
    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /** True for a datagram, and for the last segment of a record. */
    boolean last() {
        return last;
    }

    private static int u16(byte[] packet, int at) {
        return (packet[at] & 0xff) << 8 | (packet[at + 1] & 0xff);
    }

    private static void require(boolean condition) throws Damage {
        if (!condition) {
            throw Damage.of("the packet after a RECORD is no TCP segment and no UDP datagram");
        }
    }
}
