package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import java.util.List;
import java.util.Optional;

/** record-corrupted: a record does not verify although both sides have proven that their keys agree. */
final class RecordDamage implements Cause {
    private static final int BAD_RECORD_MAC = 20;

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean proven = handshake.completed()
                || handshake.message(Message.FINISHED, false).isPresent();
        return handshake.raised(BAD_RECORD_MAC) && proven ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake) {
        return new Finding(
                "record-corrupted",
                Confidence.LIKELY,
                "A record from the peer does not verify, although the peer's Finished did: it was changed, lost or repeated on the way.",
                Facts.with(
                        handshake,
                        new Evidence("keys agree", "the peer's Finished was verified"),
                        new Evidence(
                                "what would decide",
                                "the peer's capture: the same record's bytes, or another one's place; else possible:"
                                        + " record-desync, engine-misuse")),
                List.of(
                        "Look at what lies between: proxies, load balancers, tunnels that touch the byte stream.",
                        "If the application drives SSLEngine itself, see that one thread at a time unwraps, in the order of arrival."));
    }
}
