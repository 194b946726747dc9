package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.message.DecodedField.Kind;
import dev.tlscope.analyzer.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads a message or a part of it in wire order, big-endian, and notes every field as it goes. A length is checked before
 * it is used. What a part contains cannot spoil what follows the part: a finding ends the innermost part alone.
 */
final class FieldReader {
    /** Honest messages have some hundreds; a hostile one of empty elements must not fill the memory. */
    private static final int MOST_FIELDS = 20_000;

    /** Reads what is inside of a part. */
    interface Body {
        void read(FieldReader in) throws Malformed;
    }

    private final byte[] bytes;
    private final int end;
    private final int[] budget;
    private final List<DecodedField> fields = new ArrayList<>();
    private int position;

    FieldReader(byte[] bytes, int from, int to) {
        this(bytes, from, to, new int[] {MOST_FIELDS});
    }

    private FieldReader(byte[] bytes, int from, int to, int[] budget) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
        this.budget = budget;
    }

    boolean hasMore() {
        return position < end;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    byte[] source() {
        return bytes;
    }

    List<DecodedField> fields() {
        return fields;
    }

    /** The number that comes next, which stays to be read. */
    int peek(int size) throws Malformed {
        need(size);
        return toNumber(size);
    }

    /** An unsigned number of one to three bytes, in decimal. */
    int number(String name, int size) throws Malformed {
        return number(name, size, Integer::toString);
    }

    /** An unsigned number of one to three bytes, by a name of its own. */
    int number(String name, int size, Registry names) throws Malformed {
        return number(name, size, names::nameOf);
    }

    int number(String name, int size, IntFunction<String> names) throws Malformed {
        need(size);
        int value = toNumber(size);
        add(new DecodedField(name, Kind.NUMBER, names.apply(value), value, position, 0, size, List.of()));
        position += size;
        return value;
    }

    /** An unsigned number of four bytes, in decimal. */
    long uint32(String name) throws Malformed {
        need(4);
        long value = (long) toNumber(2) << 16 | (toNumber(4) & 0xffff);
        add(new DecodedField(name, Kind.NUMBER, Long.toString(value), value, position, 0, 4, List.of()));
        position += 4;
        return value;
    }

    /** Bytes of a length that is known. */
    void bytes(String name, int length) throws Malformed {
        need(length);
        add(new DecodedField(name, Kind.BYTES, hex(position, length), -1, position, 0, length, List.of()));
        position += length;
    }

    /** All that is left, as bytes; no field where nothing is. */
    void rest(String name) throws Malformed {
        if (hasMore()) {
            bytes(name, remaining());
        }
    }

    /** Bytes that their length of one to three bytes precedes. */
    void opaque(String name, int sizeOfLength) throws Malformed {
        int length = lengthOf(sizeOfLength);
        String value = hex(position + sizeOfLength, length);
        add(new DecodedField(name, Kind.BYTES, value, -1, position, sizeOfLength, sizeOfLength + length, List.of()));
        position += sizeOfLength + length;
    }

    /** A text that its length of one to three bytes precedes. */
    void text(String name, int sizeOfLength) throws Malformed {
        int length = lengthOf(sizeOfLength);
        String value = new String(bytes, position + sizeOfLength, length, StandardCharsets.UTF_8);
        add(new DecodedField(name, Kind.TEXT, value, -1, position, sizeOfLength, sizeOfLength + length, List.of()));
        position += sizeOfLength + length;
    }

    /** A part that its length of one to three bytes precedes. */
    void part(String name, int sizeOfLength, Body body) throws Malformed {
        part(name, -1, 0, sizeOfLength, body);
    }

    /** The same, with a type between its start and its length. */
    void part(String name, int type, int sizeOfType, int sizeOfLength, Body body) throws Malformed {
        need(sizeOfType);
        position += sizeOfType;
        int length;
        try {
            length = lengthOf(sizeOfLength);
        } finally {
            position -= sizeOfType;
        }
        group(name, type, sizeOfType + sizeOfLength, length, body);
    }

    /** A part whose content has a length that is known. */
    void group(String name, int type, int prefix, int length, Body body) throws Malformed {
        need(prefix + length);
        charge();
        int from = position;
        FieldReader inside = new FieldReader(bytes, from + prefix, from + prefix + length, budget);
        inside.readAll(body);
        fields.add(new DecodedField(name, Kind.GROUP, "", type, from, prefix, prefix + length, inside.fields));
        position = from + prefix + length;
    }

    /** A part that ends where its body stopped reading, such as an element of a list. */
    void element(String name, Body body) throws Malformed {
        charge();
        int from = position;
        FieldReader inside = new FieldReader(bytes, from, end, budget);
        try {
            body.read(inside);
        } catch (Malformed e) {
            inside.finding(e);
        }
        fields.add(new DecodedField(name, Kind.GROUP, "", -1, from, 0, inside.position - from, inside.fields));
        position = inside.position;
    }

    /** A vector of numbers, to the end of what its length of one to three bytes says. */
    void numbers(String name, int sizeOfLength, String element, int size, IntFunction<String> names) throws Malformed {
        part(name, sizeOfLength, in -> {
            while (in.hasMore()) {
                in.number(element, size, names);
            }
        });
    }

    /** Something worked out from the bytes around it. */
    void derived(String name, String value) throws Malformed {
        add(new DecodedField(name, Kind.TEXT, value, -1, position, 0, 0, List.of()));
    }

    void derived(String name, List<DecodedField> children) throws Malformed {
        add(new DecodedField(name, Kind.GROUP, "", -1, position, 0, 0, children));
    }

    /** Reads all that there is: what throws, and what is left over, becomes a finding. */
    void readAll(Body body) {
        try {
            body.read(this);
            if (hasMore()) {
                throw new Malformed(position, remaining() + " bytes more than it should have");
            }
        } catch (Malformed e) {
            finding(e);
        }
    }

    private void finding(Malformed e) {
        // not through add: a finding must be told when the budget is spent, too
        fields.add(new DecodedField(
                "malformed", Kind.MALFORMED, e.what(), -1, e.offset(), 0, Math.max(0, end - e.offset()), List.of()));
        position = end;
    }

    private void add(DecodedField field) throws Malformed {
        charge();
        fields.add(field);
    }

    /** Before a part is entered, so that it stands in the tree whatever its inside costs. */
    private void charge() throws Malformed {
        if (--budget[0] < 0) {
            throw new Malformed(position, "more than " + MOST_FIELDS + " fields; what follows is not taken apart");
        }
    }

    private int lengthOf(int size) throws Malformed {
        need(size);
        int length = toNumber(size);
        if (length > remaining() - size) {
            throw new Malformed(position, "says " + length + " bytes, has " + (remaining() - size));
        }
        return length;
    }

    private int toNumber(int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[position + i] & 0xff);
        }
        return value;
    }

    private String hex(int from, int length) {
        return HexFormat.of().formatHex(bytes, from, from + length);
    }

    private void need(int length) throws Malformed {
        if (length > remaining()) {
            throw new Malformed(position, "needs " + length + " bytes, has " + remaining());
        }
    }
}
