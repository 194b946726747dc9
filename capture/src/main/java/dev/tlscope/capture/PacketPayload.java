package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The TCP or UDP payload of an Enhanced Packet Block over LINKTYPE_RAW. */
final class PacketPayload {
    private final byte[] bytes;
    private final boolean last;

    private PacketPayload(byte[] bytes, boolean last) {
        this.bytes = bytes;
        this.last = last;
    }

    static PacketPayload of(ByteBuffer body) throws Damage {
        require(body.remaining() >= 20);
        int captured = body.getInt(12);
        require(captured >= 20 && captured <= body.remaining() - 20);
        ByteBuffer packet = ByteBuffer.wrap(body.array(), body.arrayOffset() + body.position() + 20, captured)
                .slice()
                .order(ByteOrder.BIG_ENDIAN);
        int ip;
        int end;
        int protocol;
        if ((packet.get(0) & 0xf0) == 0x40) {
            ip = (packet.get(0) & 0xf) * 4;
            end = packet.getShort(2) & 0xffff;
            protocol = packet.get(9);
        } else {
            require((packet.get(0) & 0xf0) == 0x60 && captured >= 40);
            ip = 40;
            end = 40 + (packet.getShort(4) & 0xffff);
            protocol = packet.get(6);
        }
        require(ip >= 20 && end <= captured);
        if (protocol == UdpStream.PROTOCOL) {
            require(end - ip >= 8);
            return new PacketPayload(copy(packet, ip + 8, end), true);
        }
        require(protocol == TcpStream.PROTOCOL && end - ip >= 20);
        int start = ip + (packet.get(ip + 12) >>> 4 & 0xf) * 4;
        require(start >= ip + 20 && start <= end);
        boolean push = (packet.get(ip + 13) & TcpStream.PSH) != 0;
        return new PacketPayload(copy(packet, start, end), push);
    }

    byte[] bytes() {
        return bytes;
    }

    /** True for a datagram, and for the last segment of a record. */
    boolean last() {
        return last;
    }

    private static byte[] copy(ByteBuffer packet, int start, int end) {
        byte[] bytes = new byte[end - start];
        packet.position(start);
        packet.get(bytes);
        return bytes;
    }

    private static void require(boolean condition) throws Damage {
        if (!condition) {
            throw Damage.of("the packet after a RECORD is no TCP segment and no UDP datagram");
        }
    }
}
