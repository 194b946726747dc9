package dev.tlscope.agent.socket;

import dev.tlscope.tls.HelloRetryRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The random of a ClientHello or ServerHello, which identifies it: no other message has the same 32 bytes. */
final class HelloRandom {
    private static final int RANDOM_LENGTH = 32;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int VERSION = 2;

    private final byte[] random;

    private HelloRandom(byte[] random) {
        this.random = random;
    }

    /**
     * The random of a handshake message that begins at an index; null when the message is not a hello, or its random
     * does not identify it.
     */
    static @Nullable HelloRandom at(byte[] bytes, int start) {
        int from = start + HANDSHAKE_HEADER + VERSION;
        if (bytes.length < from + RANDOM_LENGTH || (bytes[start] != 1 && bytes[start] != 2)) {
            return null;
        }
        // that of every HelloRetryRequest is the same
        return HelloRetryRequest.isRandom(bytes, from)
                ? null
                : new HelloRandom(Arrays.copyOfRange(bytes, from, from + RANDOM_LENGTH));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(random);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HelloRandom && Arrays.equals(random, ((HelloRandom) other).random);
    }
}
