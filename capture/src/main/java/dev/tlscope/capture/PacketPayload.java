package dev.tlscope.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The TCP payload of an Enhanced Packet Block over LINKTYPE_RAW. */
final class PacketPayload {
    private static final int TCP = 6;

    private final byte[] bytes;
    private final boolean push;

    private PacketPayload(byte[] bytes, boolean push) {
        this.bytes = bytes;
        this.push = push;
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
        require(protocol == TCP && ip >= 20 && end <= captured && end - ip >= 20);
        int start = ip + (packet.get(ip + 12) >>> 4 & 0xf) * 4;
        require(start >= ip + 20 && start <= end);
        byte[] bytes = new byte[end - start];
        packet.position(start);
        packet.get(bytes);
        return new PacketPayload(bytes, (packet.get(ip + 13) & TcpStream.PSH) != 0);
    }

    byte[] bytes() {
        return bytes;
    }

    /** True for the last segment of a record. */
    boolean push() {
        return push;
    }

    private static void require(boolean condition) throws Damage {
        if (!condition) {
            throw Damage.of("the packet after a RECORD is no TCP segment");
        }
    }
}
