package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The decoded messages of a failed handshake. Decoding costs more than most causes, so it is done on demand. */
public final class MessageFields {
    private final Handshake handshake;
    private final List<Message> messages;

    private MessageFields(Handshake handshake) {
        this.handshake = handshake;
        this.messages = handshake.messages();
    }

    public static MessageFields of(Handshake handshake) {
        return new MessageFields(handshake);
    }

    /** All messages, in order. */
    public List<DecodedMessage> all() {
        return handshake.decodedMessages();
    }

    /** The last handshake message received from the peer; empty if there is none. */
    public Optional<DecodedMessage> lastReceived() {
        return lastReceived(message -> true);
    }

    /** The last received handshake message, if it has one of those types. */
    public Optional<DecodedMessage> lastReceived(HandshakeType... handshakeTypes) {
        return lastReceived(message -> Arrays.stream(handshakeTypes).anyMatch(message::is));
    }

    private Optional<DecodedMessage> lastReceived(Predicate<Message> wanted) {
        for (int at = messages.size() - 1; at >= 0; at--) {
            Message message = messages.get(at);
            if (!message.sent() && message.isHandshake()) {
                return wanted.test(message) ? Optional.of(all().get(at)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The last message of that handshake type in a direction. */
    public Optional<DecodedMessage> last(HandshakeType handshakeType, boolean sent) {
        for (int at = messages.size() - 1; at >= 0; at--) {
            if (messages.get(at).sent() == sent && messages.get(at).is(handshakeType)) {
                return Optional.of(all().get(at));
            }
        }
        return Optional.empty();
    }

    /** The content of a field of the last message of that type, as bytes, or the whole message; empty where either is missing. */
    public Optional<byte[]> content(HandshakeType handshakeType, boolean sent, String... path) {
        for (int at = messages.size() - 1; at >= 0; at--) {
            Message message = messages.get(at);
            if (message.sent() == sent && message.is(handshakeType)) {
                return path.length == 0
                        ? Optional.of(message.bytes())
                        : all().get(at).find(path).map(field -> field.content(message.bytes()));
            }
        }
        return Optional.empty();
    }

    /** The number in a field. */
    public static OptionalInt number(DecodedMessage message, String... path) {
        Optional<DecodedField> field = message.find(path);
        return field.isPresent() && field.get().number() >= 0
                ? OptionalInt.of((int) field.get().number())
                : OptionalInt.empty();
    }

    /** The names of the values in a list. */
    public static List<String> values(DecodedMessage message, String... path) {
        List<String> values = new ArrayList<>();
        message.find(path).ifPresent(list -> list.children().forEach(element -> values.add(element.value())));
        return values;
    }
}
