package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.message.DecodedField.Kind;
import dev.tlscope.analyzer.registry.Registry;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Reads a message or a part of it in wire order, big-endian, and adds every field to the result. It checks a length
 * before it uses it. Malformed content ends only the innermost part: the parts that follow are read.
 */
final class FieldReader {
    /**
     * Well-formed messages have some hundreds of fields; a hostile one with many empty elements must not fill the
     * memory.
     */
    private static final int MOST_FIELDS = 20_000;

    /** Reads the content of a part. */
    interface Body {
        void read(FieldReader in) throws MalformedException;
    }

    private final WireReader in;
    private final int[] budget;
    private final List<DecodedField> fields = new ArrayList<>();

    /** The field that is being read, for the finding if its length does not fit; empty between two fields. */
    private String reading = "";

    FieldReader(byte[] bytes) {
        this(WireReader.of(bytes), new int[] {MOST_FIELDS});
    }

    /** Reads the bytes between two offsets. */
    FieldReader(byte[] bytes, int from, int to) {
        this(WireReader.of(bytes, from, to), new int[] {MOST_FIELDS});
    }

    private FieldReader(WireReader in, int[] budget) {
        this.in = in;
        this.budget = budget;
    }

    boolean hasMore() {
        return in.hasMore();
    }

    int position() {
        return in.position();
    }

    int remaining() {
        return in.remaining();
    }

    byte[] source() {
        return in.source();
    }

    List<DecodedField> fields() {
        return fields;
    }

    /** The next number, which is not consumed. */
    int peek(int size) throws MalformedException {
        return in.peek(size);
    }

    /** Reads an unsigned number of one to three bytes, shown in decimal. */
    int number(String name, int size) throws MalformedException {
        return number(name, size, Integer::toString);
    }

    /** Reads an unsigned number of one to three bytes, shown by its registered name. */
    int number(String name, int size, Registry names) throws MalformedException {
        return number(name, size, names::nameOf);
    }

    int number(String name, int size, IntFunction<String> names) throws MalformedException {
        reading = name;
        int value = in.peek(size);
        add(new DecodedField(name, Kind.NUMBER, names.apply(value), value, position(), 0, size, List.of()));
        in.skip(size);
        return value;
    }

    /** Reads an unsigned number of four bytes, shown in decimal. */
    long uint32(String name) throws MalformedException {
        reading = name;
        long value = in.again().uint32();
        add(new DecodedField(name, Kind.NUMBER, Long.toString(value), value, position(), 0, 4, List.of()));
        in.skip(4);
        return value;
    }

    /** Reads bytes of a known length. */
    void bytes(String name, int length) throws MalformedException {
        reading = name;
        in.again().skip(length);
        add(new DecodedField(name, Kind.BYTES, hex(position(), length), -1, position(), 0, length, List.of()));
        in.skip(length);
    }

    /** Reads the remaining bytes; adds no field when there are none. */
    void rest(String name) throws MalformedException {
        if (hasMore()) {
            bytes(name, remaining());
        }
    }

    /** Reads bytes with a length prefix of one to three bytes. */
    void opaque(String name, int sizeOfLength) throws MalformedException {
        reading = name;
        int length = in.peekLength(sizeOfLength);
        String value = hex(position() + sizeOfLength, length);
        add(new DecodedField(name, Kind.BYTES, value, -1, position(), sizeOfLength, sizeOfLength + length, List.of()));
        in.skip(sizeOfLength + length);
    }

    /** Reads a text with a length prefix of one to three bytes. */
    void text(String name, int sizeOfLength) throws MalformedException {
        reading = name;
        int length = in.peekLength(sizeOfLength);
        String value = new String(source(), position() + sizeOfLength, length, StandardCharsets.UTF_8);
        add(new DecodedField(name, Kind.TEXT, value, -1, position(), sizeOfLength, sizeOfLength + length, List.of()));
        in.skip(sizeOfLength + length);
    }

    /** Reads a part with a length prefix of one to three bytes. */
    void part(String name, int sizeOfLength, Body body) throws MalformedException {
        part(name, -1, 0, sizeOfLength, body);
    }

    /** Reads a part whose type precedes its length. */
    void part(String name, int type, int sizeOfType, int sizeOfLength, Body body) throws MalformedException {
        reading = name;
        WireReader ahead = in.again();
        ahead.skip(sizeOfType);
        group(name, type, sizeOfType + sizeOfLength, ahead.peekLength(sizeOfLength), body);
    }

    /** Reads a part whose content has a known length. */
    void group(String name, int type, int prefix, int length, Body body) throws MalformedException {
        reading = name;
        in.again().skip(prefix + length);
        reading = "";
        charge();
        int from = position();
        in.skip(prefix);
        FieldReader inside = new FieldReader(in.part(length), budget);
        inside.readAll(body);
        fields.add(new DecodedField(name, Kind.GROUP, "", type, from, prefix, prefix + length, inside.fields));
    }

    /** Reads a part that ends where its body stops reading, such as an element of a list. */
    void element(String name, Body body) throws MalformedException {
        charge();
        int from = position();
        FieldReader inside = new FieldReader(in.again(), budget);
        try {
            body.read(inside);
        } catch (MalformedException e) {
            inside.finding(e);
        }
        int length = inside.position() - from;
        fields.add(new DecodedField(name, Kind.GROUP, "", -1, from, 0, length, inside.fields));
        in.skip(length);
    }

    /** Reads a vector of numbers with a length prefix of one to three bytes. */
    void numbers(String name, int sizeOfLength, String element, int size, IntFunction<String> names)
            throws MalformedException {
        part(name, sizeOfLength, list -> {
            while (list.hasMore()) {
                list.number(element, size, names);
            }
        });
    }

    /** Adds a value that is derived from the surrounding bytes. */
    void derived(String name, String value) throws MalformedException {
        add(new DecodedField(name, Kind.TEXT, value, -1, position(), 0, 0, List.of()));
    }

    void derived(String name, List<DecodedField> children) throws MalformedException {
        add(new DecodedField(name, Kind.GROUP, "", -1, position(), 0, 0, children));
    }

    /** Reads all bytes: an exception or remaining bytes become a finding. */
    void readAll(Body body) {
        try {
            body.read(this);
            if (hasMore()) {
                throw new MalformedException(position(), remaining() + " bytes more than it should have");
            }
        } catch (MalformedException e) {
            finding(e);
        }
    }

    /**
     * Bypasses {@link #add}, so that a finding is kept even when the budget is spent. Skips the bytes that follow it.
     */
    private void finding(MalformedException e) {
        int end = position() + remaining();
        String what = reading.isEmpty() ? e.what() : reading + " " + e.what();
        fields.add(new DecodedField(
                "malformed", Kind.MALFORMED, what, -1, e.offset(), 0, Math.max(0, end - e.offset()), List.of()));
        in.rest();
    }

    private void add(DecodedField field) throws MalformedException {
        reading = "";
        charge();
        fields.add(field);
    }

    /**
     * Charges a part before its content is read, so that the part is in the tree even if its content exceeds the
     * budget.
     */
    private void charge() throws MalformedException {
        if (--budget[0] < 0) {
            throw new MalformedException(
                    position(), "more than " + MOST_FIELDS + " fields; what follows is not taken apart");
        }
    }

    private String hex(int from, int length) {
        return HexFormat.of().formatHex(source(), from, from + length);
    }
}
