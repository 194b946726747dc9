package dev.tlscope.tls;

/** The random that distinguishes a HelloRetryRequest from a ServerHello of the same type and form (RFC 8446, 4.1.3). */
public final class HelloRetryRequest {
    /** SHA-256 of "HelloRetryRequest". */
    private static final byte[] RANDOM = {
        (byte) 0xcf,
        0x21,
        (byte) 0xad,
        0x74,
        (byte) 0xe5,
        (byte) 0x9a,
        0x61,
        0x11,
        (byte) 0xbe,
        0x1d,
        (byte) 0x8c,
        0x02,
        0x1e,
        0x65,
        (byte) 0xb8,
        (byte) 0x91,
        (byte) 0xc2,
        (byte) 0xa2,
        0x11,
        0x16,
        0x7a,
        (byte) 0xbb,
        (byte) 0x8c,
        0x5e,
        0x07,
        (byte) 0x9e,
        0x09,
        (byte) 0xe2,
        (byte) 0xc8,
        (byte) 0xa8,
        0x33,
        (byte) 0x9c
    };

    private HelloRetryRequest() {}

    /** True when the random of a HelloRetryRequest is at that offset. */
    public static boolean isRandom(byte[] bytes, int offset) {
        if (offset < 0 || offset > bytes.length - RANDOM.length) {
            return false;
        }
        for (int i = 0; i < RANDOM.length; i++) {
            if (bytes[offset + i] != RANDOM[i]) {
                return false;
            }
        }
        return true;
    }
}
