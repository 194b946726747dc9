package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that both ends captured of one connection, side by side.
 *
 * @param messages of the client, then of the server
 * @param records of the client, then of the server
 * @param secrets inputs first
 * @param client what the client captured, recomputed
 * @param server what the server captured, recomputed
 */
public record Comparison(
        ConnectionPair ends,
        List<MessagePair> messages,
        List<RecordPair> records,
        List<SecretPair> secrets,
        Verification client,
        Verification server) {
    /** Compares all; never throws for what a capture holds. */
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

    /** That end's capture, recomputed. */
    public Verification verification(boolean ofClient) {
        return ofClient ? client : server;
    }

    /** The first message that arrived otherwise than it was sent: the earlier one where both directions have one. */
    public Optional<MessagePair> firstMessage() {
        return messages.stream().filter(MessagePair::differs).min(Comparison::byTime);
    }

    /** The same of one direction. */
    public Optional<MessagePair> firstMessage(boolean byClient) {
        return messages.stream()
                .filter(pair -> pair.byClient() == byClient && pair.differs())
                .findFirst();
    }

    /** The first record of one direction that did not arrive as, where and once it was sent. */
    public Optional<RecordPair> firstRecord(boolean byClient) {
        return records.stream()
                .filter(pair -> pair.byClient() == byClient && pair.differs())
                .findFirst();
    }

    /** The first secret that both ends have and that is not the same. */
    public Optional<SecretPair> firstSecret() {
        return secrets.stream().filter(SecretPair::differs).findFirst();
    }

    /** The first handshake message of one direction that was sent and did not come, though it was waited for. */
    public Optional<LostMessage> lost(boolean byClient) {
        return LostMessage.of(ends, messages, records, byClient);
    }

    /** Each message has its other side. */
    public boolean isComplete() {
        return messages.stream().allMatch(pair -> pair.sent() != null && pair.received() != null);
    }

    /** What the differences mean; empty when there are none. */
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
