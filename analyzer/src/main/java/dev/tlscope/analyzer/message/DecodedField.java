package dev.tlscope.analyzer.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A named part of a message, with its parts.
 *
 * @param name as in the RFC that defines it; for an extension its registered name
 * @param value for people: a registered name, a text, lower-case hex; for MALFORMED what is wrong; may be empty
 * @param number the number itself, or an extension's type; -1 for a field that is no number
 * @param offset of its first byte in the message, header included
 * @param prefix bytes at its start that hold its type and length; the content follows
 * @param length in bytes, prefix included; 0 for a value derived from the surrounding field, such as a certificate's
 * subject
 */
public record DecodedField(
        String name,
        Kind kind,
        String value,
        long number,
        int offset,
        int prefix,
        int length,
        List<DecodedField> children) {

    /** The kinds of value. */
    public enum Kind {
        /** The children contain the value. */
        GROUP,
        NUMBER,
        /** A text, either from the bytes or derived from them. */
        TEXT,
        /** Bytes, in hex. */
        BYTES,
        /** A finding: from this offset on, the bytes are malformed. */
        MALFORMED
    }

    /** Copies the list of children. */
    public DecodedField {
        children = List.copyOf(children);
    }

    /** The first child of that name. */
    public Optional<DecodedField> child(String childName) {
        return first(children, childName);
    }

    /** All children of that name. */
    public List<DecodedField> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    /** The bytes of its content, copied from the message. */
    public byte[] content(byte[] message) {
        return Arrays.copyOfRange(message, Math.min(message.length, offset + prefix), Math.min(message.length, end()));
    }

    /** The offset after its last byte. */
    public int end() {
        return offset + length;
    }

    /** The findings in this field and below. */
    public List<DecodedField> problems() {
        List<DecodedField> found = new ArrayList<>();
        collectProblems(found);
        return List.copyOf(found);
    }

    static Optional<DecodedField> first(List<DecodedField> fields, String name) {
        return fields.stream().filter(field -> field.name.equals(name)).findFirst();
    }

    private void collectProblems(List<DecodedField> found) {
        if (kind == Kind.MALFORMED) {
            found.add(this);
        }
        children.forEach(child -> child.collectProblems(found));
    }
}
