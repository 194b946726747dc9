package dev.tlscope.analyzer.message;

import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of a CompressedCertificate (RFC 8879, 4). JSSE supports zlib only. */
public final class Inflated {
    private static final int ZLIB = 1;
    /** Well-formed chains are far smaller; a hostile capture must not decompress into all of the memory. */
    private static final int MOST_BYTES = 1 << 20;

    private Inflated() {}

    /** The decompressed bytes; empty when their length differs from {@code length}, or for another algorithm. */
    public static Optional<byte[]> of(int algorithm, byte[] packed, int from, int to, int length) {
        if (algorithm != ZLIB || length > MOST_BYTES) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed, from, to - from);
            byte[] plain = new byte[length];
            int got = 0;
            while (got < length) {
                int more = inflater.inflate(plain, got, length - got);
                if (more == 0) {
                    return Optional.empty();
                }
                got += more;
            }
            return Optional.of(plain);
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
