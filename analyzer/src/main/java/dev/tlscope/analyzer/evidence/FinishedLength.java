package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.OptionalInt;

/**
 * The length of the record in which the peer's Finished must come, where it must be the first one under its keys. It
 * follows from version and suite, so that no secret is needed to see that another record came.
 */
public final class FinishedLength {
    private static final int HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int VERIFY_DATA = 12;
    private static final int TAG = 16;
    private static final int SHORT_TAG = 8;
    private static final int EXPLICIT_NONCE = 8;

    private FinishedLength() {}

    /**
     * The record's length with its header; empty where the length is not fixed: a CBC suite, whose padding may have up
     * to 255 bytes, and a first record that may hold another message.
     */
    public static OptionalInt due(Handshake handshake) {
        String suite = handshake.cipherSuite();
        boolean open = suite == null || handshake.completed();
        if (open || suite == null) {
            return OptionalInt.empty();
        }
        int tag = suite.endsWith("_CCM_8") || suite.contains("_CCM_8_") ? SHORT_TAG : TAG;
        if (handshake.isTls13()) {
            int hash = suite.endsWith("_SHA384") ? 48 : 32;
            return isFinishedAlone13(handshake)
                    ? OptionalInt.of(HEADER + MESSAGE_HEADER + hash + 1 + tag)
                    : OptionalInt.empty();
        }
        int finished = HEADER + MESSAGE_HEADER + VERIFY_DATA + tag;
        if (suite.contains("_CHACHA20_")) {
            return OptionalInt.of(finished);
        }
        return suite.contains("_GCM_") || suite.contains("_CCM")
                ? OptionalInt.of(finished + EXPLICIT_NONCE)
                : OptionalInt.empty();
    }

    /** A client that is not asked for a certificate sends Finished alone; a server's first message is another. */
    private static boolean isFinishedAlone13(Handshake handshake) {
        return !handshake.isClient()
                && handshake.message(HandshakeType.CERTIFICATE_REQUEST, true).isEmpty()
                && handshake
                        .clientHello()
                        .filter(hello -> hello.has(ExtensionType.EARLY_DATA))
                        .isEmpty();
    }
}
