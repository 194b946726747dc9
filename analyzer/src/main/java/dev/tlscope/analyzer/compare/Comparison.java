package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What both ends captured of one connection, compared.
 *
 * @param messages those sent by the client, then those sent by the server
 * @param records those sent by the client, then those sent by the server
 * @param secrets inputs of the key schedule first
 * @param client the client's capture, recomputed
 * @param server the server's capture, recomputed
 */
public record Comparison(
        ConnectionPair ends,
        List<MessagePair> messages,
        List<RecordPair> records,
        List<SecretPair> secrets,
        Verification client,
        Verification server) {
    /** Compares the two captures; no content makes it throw. */
    public static Comparison of(ConnectionPair ends) {
        List<MessagePair> messages = new ArrayList<>(MessagePair.of(ends, true));
        messages.addAll(MessagePair.of(ends, false));
        List<RecordPair> records = new ArrayList<>(RecordPair.of(ends, true));
        records.addAll(RecordPair.of(ends, false));
        return new Comparison(
                ends,
                List.copyOf(messages),
                List.copyOf(records),
                List.copyOf(SecretPair.of(ends)),
                Verification.of(ends.client()),
                Verification.of(ends.server()));
    }

    /** The verification of that end's capture. */
    public Verification verification(boolean ofClient) {
        return ofClient ? client : server;
    }

    /** The first message that differs between sender and receiver; of both directions, the earlier one. */
    public Optional<MessagePair> firstMessage() {
        return messages.stream().filter(MessagePair::differs).min(Comparison::byTime);
    }

    /** The first message that differs in one direction. */
    public Optional<MessagePair> firstMessage(boolean byClient) {
        return messages.stream()
                .filter(pair -> pair.byClient() == byClient && pair.differs())
                .findFirst();
    }

    /** The first record of one direction that was altered, moved, repeated or dropped. */
    public Optional<RecordPair> firstRecord(boolean byClient) {
        return records.stream()
                .filter(pair -> pair.byClient() == byClient && pair.differs())
                .findFirst();
    }

    /** The first secret that both ends captured with different values. */
    public Optional<SecretPair> firstSecret() {
        return secrets.stream().filter(SecretPair::differs).findFirst();
    }

    /**
     * The first handshake message of one direction that was sent but did not arrive, although the receiver waited for
     * it.
     */
    public Optional<LostMessage> lost(boolean byClient) {
        return LostMessage.of(ends, messages, records, byClient);
    }

    /** True when every message was captured at both ends. */
    public boolean isComplete() {
        return messages.stream().allMatch(pair -> pair.sent() != null && pair.received() != null);
    }

    /** Explanations of the differences; empty when there are none. */
    public List<Difference> meanings() {
        return Difference.of(this);
    }

    private static int byTime(MessagePair one, MessagePair other) {
        return Long.compare(time(one), time(other));
    }

    private static long time(MessagePair pair) {
        MessagePair.Side sent = pair.sent();
        return sent == null ? Long.MAX_VALUE : sent.message().timeNanos();
    }
}
