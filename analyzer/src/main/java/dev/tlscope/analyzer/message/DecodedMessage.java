package dev.tlscope.analyzer.message;

import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decoded message.
 *
 * @param name as in RFC 8446, 5246, 6347 or 8879
 * @param contentType 20, 21 or 22 (RFC 8446, 5.1)
 * @param handshakeNumber HandshakeType; -1 for another content type, and for an empty message
 * @param fields in wire order
 */
public record DecodedMessage(String name, int contentType, int handshakeNumber, List<DecodedField> fields) {
    /** The handshake message's type; null for another content type or an unregistered number. */
    public @Nullable HandshakeType handshakeType() {
        return handshakeNumber < 0 ? null : HandshakeType.of(handshakeNumber);
    }

    /** Copies the list of fields. */
    public DecodedMessage {
        fields = List.copyOf(fields);
    }

    /** The field at a path of names, at each level the first of that name: {@code find("extensions", "key_share")}. */
    public Optional<DecodedField> find(String... path) {
        List<DecodedField> level = fields;
        Optional<DecodedField> found = Optional.empty();
        for (String step : path) {
            found = DecodedField.first(level, step);
            if (found.isEmpty()) {
                return found;
            }
            level = found.get().children();
        }
        return found;
    }

    /** An extension by its registered name; empty when the message does not have it. */
    public Optional<DecodedField> extension(String extensionName) {
        return find("extensions", extensionName);
    }

    /**
     * The fields that contain a byte, outermost first; findings only if no other field contains it. Empty when the
     * offset is outside the message.
     */
    public List<DecodedField> at(int offset) {
        List<DecodedField> path = new ArrayList<>();
        List<DecodedField> level = fields;
        for (Optional<DecodedField> next = holder(level, offset); next.isPresent(); next = holder(level, offset)) {
            path.add(next.get());
            level = next.get().children();
        }
        return List.copyOf(path);
    }

    /**
     * The names of {@link #at} joined by dots, with an index for fields of the same name: {@code extensions.key_share}.
     */
    public String pathAt(int offset) {
        List<String> names = new ArrayList<>();
        List<DecodedField> level = fields;
        for (DecodedField field : at(offset)) {
            List<DecodedField> alike = level.stream()
                    .filter(other -> other.name().equals(field.name()))
                    .toList();
            names.add(alike.size() == 1 ? field.name() : field.name() + "[" + alike.indexOf(field) + "]");
            level = field.children();
        }
        return String.join(".", names);
    }

    /** All findings, in the order of the bytes; empty for a well-formed message. */
    public List<DecodedField> problems() {
        return fields.stream().flatMap(field -> field.problems().stream()).toList();
    }

    private static Optional<DecodedField> holder(List<DecodedField> level, int offset) {
        return level.stream()
                .filter(field -> offset >= field.offset() && offset < field.end())
                .findFirst();
    }
}
