package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.message.Inflated;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.HandshakeType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** CompressedCertificate (RFC 8879, 4), which JSSE sends from JDK 27 on. */
public final class CompressedCertificate {
    private CompressedCertificate() {}

    /** The Certificate message inside, header included; empty when it does not decompress to the stated length. */
    public static Optional<Message> unpack(Message message) {
        try {
            WireReader body = WireReader.body(message.bytes());
            int algorithm = body.number(2);
            int length = body.number(3);
            byte[] packed = body.block(3).rest();
            return Inflated.of(algorithm, packed, 0, packed.length, length)
                    .map(plain -> new Message(
                            message.sent(),
                            message.contentType(),
                            ByteBuffer.allocate(4 + length)
                                    .putInt(HandshakeType.CERTIFICATE.number() << 24 | length)
                                    .put(plain)
                                    .array(),
                            message.timeNanos()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
