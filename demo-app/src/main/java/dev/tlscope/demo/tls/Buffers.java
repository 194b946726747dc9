package dev.tlscope.demo.tls;

import java.nio.ByteBuffer;

/** Buffer handling for both SSLEngine loops. */
public final class Buffers {
    private Buffers() {}

    public static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }

    /**
     * The same buffer, in filling state, if it has room for that many more bytes; otherwise a larger one with its
     * content.
     */
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
