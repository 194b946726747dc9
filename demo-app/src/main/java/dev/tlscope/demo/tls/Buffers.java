package dev.tlscope.demo.tls;

import java.nio.ByteBuffer;

/** What both SSLEngine loops do with their buffers. */
public final class Buffers {
    private Buffers() {}

    public static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }

    /** The same buffer, being filled, if it has room for so many more bytes, else a larger one with its content. */
    public static ByteBuffer withRoom(ByteBuffer filling, int bytes) {
        if (filling.remaining() >= bytes) {
            return filling;
        }
        ByteBuffer larger = ByteBuffer.allocate(filling.position() + bytes);
        filling.flip();
        larger.put(filling);
        return larger;
    }
}
