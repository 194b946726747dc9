package dev.tlscope.analyzer.model;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** CompressedCertificate (RFC 8879, 4), which JSSE sends from JDK 27 on. */
final class CompressedCertificate {
    private static final int ZLIB = 1;
    /** An honest chain is far smaller; a hostile capture must not unpack into all the memory. */
    private static final int MOST_BYTES = 1 << 20;

    private CompressedCertificate() {}

    /** The Certificate message inside, header included; empty when it does not unpack to just the length it names. */
    static Optional<Message> unpack(Message message) {
        try {
            Wire body = Wire.body(message.bytes());
            int algorithm = body.number(2);
            int length = body.number(3);
            byte[] packed = body.block(3).rest();
            if (algorithm != ZLIB || length > MOST_BYTES) {
                return Optional.empty();
            }
            ByteBuffer plain = ByteBuffer.allocate(4 + length);
            plain.putInt(Message.CERTIFICATE << 24 | length);
            return inflate(packed, plain.array(), length)
                    ? Optional.of(
                            new Message(message.sent(), message.contentType(), plain.array(), message.timeNanos()))
                    : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static boolean inflate(byte[] packed, byte[] plain, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int got = 0;
            while (got < length) {
                int more = inflater.inflate(plain, 4 + got, length - got);
                if (more == 0) {
                    return false;
                }
                got += more;
            }
            return true;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }
}
