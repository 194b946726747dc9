package dev.tlscope.agent.record;

/**
 * Which epoch each of JSSE's read and write ciphers stands for. By the cipher and not by the connection: an engine encrypts
 * ChangeCipherSpec with the old cipher after it has changed to the new one. Private loader, application's threads.
 */
public final class CipherEpochs {
    /** Not known: the agent came after the cipher. */
    public static final int UNKNOWN = -1;

    /** TLS 1.3: handshake traffic keys; 1 would be early data, which JSSE does not speak (RFC 9147, 6.1). */
    public static final int HANDSHAKE_KEYS = 2;

    private final WeakIdentityMap<Integer> epochs = new WeakIdentityMap<>();

    /**
     * A connection goes from one cipher to the next.
     *
     * @param plaintext whether the one before is no cipher, which only a connection's first is
     * @param tls13 whether the next one is TLS 1.3's
     */
    public void changed(Object before, boolean plaintext, Object next, boolean tls13) {
        int epoch = of(before, plaintext);
        while (epochs.collected() != null) {
            // forgets the ciphers that are gone
        }
        if (epoch != UNKNOWN) {
            epochs.putIfAbsent(next, tls13 ? Math.max(HANDSHAKE_KEYS, epoch + 1) : epoch + 1);
        }
    }

    /** The cipher's epoch, or {@link #UNKNOWN}. */
    public int of(Object cipher, boolean plaintext) {
        if (plaintext) {
            return 0;
        }
        Integer epoch = epochs.get(cipher);
        return epoch == null ? UNKNOWN : epoch;
    }
}
