package dev.tlscope.analyzer.message;

import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a CompressedCertificate has in it (RFC 8879, 4). JSSE speaks zlib only. */
public final class Inflated {
    private static final int ZLIB = 1;
    /** An honest chain is far smaller; a hostile capture must not unpack into all the memory. */
    private static final int MOST_BYTES = 1 << 20;

    private Inflated() {}

    /** The plain bytes; empty when they are not of just that length, or packed in another way. */
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
