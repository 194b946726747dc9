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
 * A handshake message whose record left one end and never came to the other one, which waited for it. Each end's times are its
 * own clock's. Where a receiver ended for another reason, or did not wait longer than it took, nothing is told: what is not read
 * is not lost.
 *
 * @param byClient direction
 * @param message its name
 * @param answeredNanos from what the sender had received before to that message
 * @param waitedNanos from the receiver's last message to its end
 */
public record LostMessage(boolean byClient, String message, long answeredNanos, long waitedNanos) {
    /** What TCP sends again takes a second at first (RFC 6298, 2). */
    private static final long SECOND = 1_000_000_000;

    /** The first one of a direction. */
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

    /** All messages and their records are in the capture. */
    private static boolean isWhole(Handshake handshake) {
        String protocol = handshake.protocol();
        return !handshake.joinedLate()
                && handshake.eventsLeftOut() == 0
                && (protocol == null || !protocol.startsWith("DTLS"))
                && handshake.events().stream().anyMatch(event -> event.type() == EventType.RECORD);
    }

    /** It ended for want of more, or was closed without a failure. */
    private static boolean waited(Handshake receiver) {
        return !receiver.failed()
                || receiver.transportThrew("java.net.SocketTimeoutException")
                || readToTheEnd(receiver)
                || (receiver.raised() && receiver.cameThrough(".closeInbound("));
    }

    /** A socket gives all that came before it gives the end of the stream. */
    private static boolean readToTheEnd(Handshake receiver) {
        return receiver.raised() && "socket".equals(receiver.transport()) && receiver.threw("java.io.EOFException");
    }

    /** Records of it are known, and one did not come. */
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

    /** The connection did not break as it was written. */
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

    /** Its own alert where it sent one, else the last that is known of it. */
    private static long closed(Handshake receiver) {
        return receiver.messages().stream()
                .filter(message -> message.sent() && message.contentType() == ContentType.ALERT)
                .map(Message::timeNanos)
                .findFirst()
                .orElse(receiver.events().get(receiver.events().size() - 1).timeNanos());
    }

    /** Time of the last handshake message of a direction up to then; the beginning where there is none. */
    private static long last(Handshake handshake, boolean sent, long until) {
        return handshake.messages().stream()
                .filter(message -> message.isHandshake() && message.sent() == sent && message.timeNanos() <= until)
                .mapToLong(Message::timeNanos)
                .max()
                .orElse(handshake.timeNanos());
    }
}
