package dev.tlscope.analyzer.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One named part of a message, with the parts that it consists of.
 *
 * @param name as the RFC that defines it spells it; an extension's is its registered name
 * @param value for people: a registered name, a text, lower-case hex, or, of MALFORMED, what is wrong; may be empty
 * @param number the number itself; of an extension its type; -1 where the field is none
 * @param offset of its first byte within the message, header included
 * @param prefix bytes at its start that tell its type and length; what follows them is the content
 * @param length in bytes, prefix included; 0 of what was worked out from the bytes of the field around it, such as a
 *     certificate's subject
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

    /** What the value is. */
    public enum Kind {
        /** The children say what it is. */
        GROUP,
        NUMBER,
        /** What the bytes say as a text, or what was worked out from them. */
        TEXT,
        /** Bytes, in hex. */
        BYTES,
        /** A finding: from this offset on the bytes around it are not as they should be. */
        MALFORMED
    }

    /** Takes the children as they are now. */
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

    /** The content's bytes out of the message's. */
    public byte[] content(byte[] message) {
        return Arrays.copyOfRange(message, Math.min(message.length, offset + prefix), Math.min(message.length, end()));
    }

    /** Offset of the first byte behind it. */
    public int end() {
        return offset + length;
    }

    /** Findings in it and below. */
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
