package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.Arrays;
import java.util.Optional;

/**
 * The PSK binder of the identity that the server selected (RFC 8446, 4.2.11.2).
 *
 * @param value as the client sent it
 * @param transcriptHash of the messages up to the binders
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Binder(byte[] value, byte[] transcriptHash) {
    static Optional<Binder> of(Negotiation negotiation, Transcript transcript) {
        Optional<Message> message = negotiation.messages().stream()
                .filter(candidate -> candidate.is(HandshakeType.CLIENT_HELLO))
                .reduce((first, second) -> second);
        byte[] offered = negotiation
                .clientHello()
                .map(hello -> hello.extension(ExtensionType.PRE_SHARED_KEY))
                .orElse(null);
        byte[] selected = negotiation
                .serverHello()
                .map(hello -> hello.extension(ExtensionType.PRE_SHARED_KEY))
                .orElse(null);
        if (message.isEmpty() || offered == null || selected == null || selected.length != 2) {
            return Optional.empty();
        }
        try {
            WireReader data = WireReader.of(offered);
            data.block(2); // identities
            int binders = offered.length - data.position();
            WireReader list = data.block(2);
            byte[] binder = list.block(1).rest();
            for (int i = (selected[0] & 0xff) << 8 | (selected[1] & 0xff); i > 0; i--) {
                binder = list.block(1).rest();
            }
            byte[] value = binder;
            // pre_shared_key is the last extension, so the binders are at the end of the message.
            return transcript
                    .through(message.get())
                    .map(bytes -> new Binder(
                            value,
                            Digests.hash(
                                    transcript.algorithm(),
                                    Arrays.copyOf(bytes, Math.max(0, bytes.length - binders)))));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
