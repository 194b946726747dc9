package dev.tlscope.agent.record;

/**
 * The epoch of each read and write cipher. It belongs to the cipher and not to the connection, because JSSE's engine encrypts
 * ChangeCipherSpec with the old cipher after it has changed to the new one. Private loader, application's threads.
 */
public final class CipherEpochs {
    /** The epoch is not known, because the cipher is older than the attach. */
    public static final int UNKNOWN = -1;

    /** TLS 1.3 handshake traffic keys; 1 is early data, which JSSE does not implement (RFC 9147, 6.1). */
    public static final int HANDSHAKE_KEYS = 2;

    private final WeakIdentityMap<Integer> epochs = new WeakIdentityMap<>();

    /**
     * Records that a connection changed from one cipher to the next.
     *
     * @param plaintext whether the previous cipher encrypts nothing, as a connection's first one
     * @param tls13 whether the next cipher is one of TLS 1.3
     */
    public void changed(Object before, boolean plaintext, Object next, boolean tls13) {
        int epoch = of(before, plaintext);
        while (epochs.collected() != null) {
            // removes the entries of collected ciphers
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
