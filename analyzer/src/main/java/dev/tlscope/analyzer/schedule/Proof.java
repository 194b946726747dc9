package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.model.Message;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Finished as it was sent or received, and as this JVM computed or verified it.
 *
 * @param message the message's verify_data, and when it was captured
 * @param event this JVM's PROOF; null when it was not captured
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Proof(Captured message, @Nullable Event event) {
    /** Finds the PROOF that belongs to this verify_data, since a renegotiation has another one. */
    static Proof of(Negotiation negotiation, boolean client, Message finished) {
        byte[] message = body(finished);
        String label = client ? "client_finished" : "server_finished";
        Event found = negotiation.handshake().events().stream()
                .filter(event -> event.type() == EventType.PROOF && label.equals(event.text(Field.LABEL)))
                .filter(event -> Arrays.equals(message, onTheWire(event)))
                .findFirst()
                .orElse(null);
        return new Proof(new Captured(message, finished.timeNanos()), found);
    }

    /** The transcript hash that this JVM used. */
    Optional<Captured> transcriptHash() {
        byte[] hash = event == null ? null : event.bytes(Field.TRANSCRIPT_HASH);
        return event == null || hash == null ? Optional.empty() : Optional.of(new Captured(hash, event.timeNanos()));
    }

    /** Adds checks of the message's verify_data and, if this JVM verified the peer's Finished, of its own. */
    void compare(ScheduleChecks ledger, String name, byte[] computed, String from) {
        if (event != null && event.has(Field.RECEIVED)) {
            ledger.add(Check.compare(name + Check.COMPUTED_HERE, false, event.bytes(Field.BYTES), computed, from)
                    .at(event.timeNanos()));
        }
        ledger.add(Check.compare(name, false, message.bytes(), computed, from).at(message.timeNanos()));
    }

    /** The message without its handshake header. */
    private static byte[] body(Message message) {
        return Arrays.copyOfRange(message.bytes(), Math.min(4, message.bytes().length), message.bytes().length);
    }

    private static byte @Nullable [] onTheWire(Event event) {
        byte[] received = event.bytes(Field.RECEIVED);
        return received != null ? received : event.bytes(Field.BYTES);
    }
}
