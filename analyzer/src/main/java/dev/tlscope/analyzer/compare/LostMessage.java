package dev.tlscope.analyzer.compare;

import dev.tlscope.analyzer.compare.RecordPair.Fate;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.model.MessagePlaces;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A handshake message that left one end and never reached the other end, which waited for it. Each end's times are
 * those of its own clock. When the receiver ended for another reason, or did not wait long enough, the message does not
 * count as lost: it may only be unread.
 *
 * @param byClient true when the client sent it
 * @param message the message's name
 * @param answeredNanos time that the sender took: from the last message it received to this one
 * @param waitedNanos time that the receiver waited: from the last message it sent to its end
 */
public record LostMessage(boolean byClient, String message, long answeredNanos, long waitedNanos) {
    /** The initial retransmission timeout of TCP (RFC 6298, 2). */
    private static final long SECOND = 1_000_000_000;

    /** The first lost message of a direction. */
    static Optional<LostMessage> of(
            ConnectionPair ends, List<MessagePair> messages, List<RecordPair> records, boolean byClient) {
        Handshake sender = ends.sender(byClient);
        Handshake receiver = ends.receiver(byClient);
        if (!isWhole(sender) || !isWhole(receiver) || receiver.completed() || !waited(receiver)) {
            return Optional.empty();
        }
        return messages.stream()
                .filter(pair -> pair.byClient() == byClient && pair.received() == null)
                .findFirst()
                .filter(pair -> isMissing(sender, pair, records))
                .map(MessagePair::sent)
                .filter(sent -> left(sender, sent.message()))
                .map(sent -> new LostMessage(
                        byClient, sent.decoded().name(), answered(sender, sent.message()), waiting(receiver)))
                .filter(lost -> readToTheEnd(receiver) || lost.waitedNanos >= lost.answeredNanos + SECOND);
    }

    /** True when the capture has all messages and their records. */
    private static boolean isWhole(Handshake handshake) {
        String protocol = handshake.protocol();
        return !handshake.joinedLate()
                && handshake.capturedEvents().leftOut() == 0
                && (protocol == null || !protocol.startsWith("DTLS"))
                && handshake.events().stream().anyMatch(event -> event.type() == EventType.RECORD);
    }

    /** True when the receiver ended because nothing more arrived, or was closed without a failure. */
    private static boolean waited(Handshake receiver) {
        return !receiver.failed()
                || receiver.result().transportThrew("java.net.SocketTimeoutException")
                || readToTheEnd(receiver)
                || (receiver.raised() && receiver.cameThrough(".closeInbound("));
    }

    /**
     * True when the receiver read everything that arrived: a socket returns all data before it returns the end of the
     * stream.
     */
    private static boolean readToTheEnd(Handshake receiver) {
        return receiver.raised() && "socket".equals(receiver.transport()) && receiver.threw("java.io.EOFException");
    }

    /** True when the records that carried the message are known, and one of them did not arrive. */
    private static boolean isMissing(Handshake sender, MessagePair pair, List<RecordPair> records) {
        List<Event> messages = sender.events().stream()
                .filter(event -> event.type() == EventType.MESSAGE
                        && event.number(Field.CONTENT_TYPE, 0) == ContentType.HANDSHAKE
                        && event.isSent())
                .toList();
        if (pair.number() >= messages.size()) {
            return false;
        }
        List<Long> carriers = MessagePlaces.of(sender).records(messages.get(pair.number()));
        return sender.events().stream()
                .filter(event ->
                        event.type() == EventType.RECORD && carriers.contains(event.number(Field.RECORD_NUMBER, 0)))
                .anyMatch(carrier -> records.stream()
                        .anyMatch(record -> record.byClient() == pair.byClient()
                                && record.fate() == Fate.NOT_RECEIVED
                                && Arrays.equals(record.sent(), carrier.bytes(Field.BYTES))));
    }

    /** True when the connection did not break while the message was written. */
    private static boolean left(Handshake sender, Message message) {
        return !sender.broke() || sender.failureNanos() > message.timeNanos() + SECOND;
    }

    private static long answered(Handshake sender, Message message) {
        return message.timeNanos() - last(sender, false, message.timeNanos());
    }

    private static long waiting(Handshake receiver) {
        long end = receiver.failed() ? receiver.failureNanos() : closed(receiver);
        return end - last(receiver, true, end);
    }

    /** When the receiver sent its own alert; if it sent none, the time of its last event. */
    private static long closed(Handshake receiver) {
        return receiver.messages().stream()
                .filter(message -> message.sent() && message.contentType() == ContentType.ALERT)
                .map(Message::timeNanos)
                .findFirst()
                .orElse(receiver.events().get(receiver.events().size() - 1).timeNanos());
    }

    /** Time of the last handshake message of a direction until then; if there is none, the handshake's start. */
    private static long last(Handshake handshake, boolean sent, long until) {
        return handshake.messages().stream()
                .filter(message -> message.isHandshake() && message.sent() == sent && message.timeNanos() <= until)
                .mapToLong(Message::timeNanos)
                .max()
                .orElse(handshake.timeNanos());
    }
}
