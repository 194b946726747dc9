package dev.tlscope.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on one connection: a type, a time, and named values in the order in which they were added.
 *
 * <p>Built on the application's thread in the target JVM, and written by the sink's thread. An event must not be
 * changed after it was passed to the sink. Byte arrays are not copied: do not change one after it was added.
 */
public final class Event {
    private static final int MANY = 24;

    /** Fields and values of a record, the most common event, in one array: an event is built on the application's thread. */
    private static final int ROOM = 2 * 7;

    private final EventType type;
    private final long connection;
    private final long timeNanos;
    /** Each field, followed by its value. */
    private Object[] items = new Object[ROOM];

    private int size;
    /**
     * Values by field, built for events with many values at the first query, because a failure's configuration is
     * queried often.
     */
    private volatile @Nullable Map<Field, List<Object>> byField;

    /**
     * An event without values.
     *
     * @param connection number of the connection within the capture, from 1; 0 for the capture itself
     * @param timeNanos nanoseconds since 1970-01-01T00:00:00Z
     */
    public Event(EventType type, long connection, long timeNanos) {
        this.type = type;
        this.connection = connection;
        this.timeNanos = timeNanos;
    }

    /** Adds a text; ignores null. */
    public Event put(Field field, @Nullable String value) {
        return add(field, Field.Kind.TEXT, value);
    }

    /** Adds the direction of a message, record or failure. */
    public Event put(Direction direction) {
        return put(Field.DIRECTION, direction.text());
    }

    /** Adds a number. */
    public Event put(Field field, long value) {
        return add(field, Field.Kind.NUMBER, value);
    }

    /** Adds bytes, which are not copied; ignores null. */
    public Event put(Field field, byte @Nullable [] value) {
        return add(field, Field.Kind.BYTES, value);
    }

    public EventType type() {
        return type;
    }

    /** Number of the connection within the capture, from 1; 0 for the capture itself. */
    public long connection() {
        return connection;
    }

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public long timeNanos() {
        return timeNanos;
    }

    public boolean has(Field field) {
        return indexOf(field) >= 0;
    }

    /** The first text of that field, or null. */
    public @Nullable String text(Field field) {
        return (String) first(field, Field.Kind.TEXT);
    }

    /** True for what this JVM received. An event without a direction is neither received nor sent. */
    public boolean isReceived() {
        return is(Direction.IN);
    }

    /** True for what this JVM sent, and for a failure that it raised. */
    public boolean isSent() {
        return is(Direction.OUT);
    }

    private boolean is(Direction direction) {
        return direction.text().equals(text(Field.DIRECTION));
    }

    /** The first number of that field, or {@code absent}. */
    public long number(Field field, long absent) {
        Object value = first(field, Field.Kind.NUMBER);
        return value == null ? absent : (Long) value;
    }

    /** True when the event has the field and its value is not 0. */
    public boolean flag(Field field) {
        return number(field, 0) != 0;
    }

    /** The first bytes of that field, not copied, or null. */
    public byte @Nullable [] bytes(Field field) {
        return (byte[]) first(field, Field.Kind.BYTES);
    }

    /** All texts of that field, in order. */
    public List<String> texts(Field field) {
        return all(field, Field.Kind.TEXT, String.class);
    }

    /** All numbers of that field, in order. */
    public List<Long> numbers(Field field) {
        return all(field, Field.Kind.NUMBER, Long.class);
    }

    /** All byte strings of that field, in order, not copied. */
    public List<byte[]> byteStrings(Field field) {
        return all(field, Field.Kind.BYTES, byte[].class);
    }

    /** Number of values. */
    public int size() {
        return size;
    }

    /** The field at a position, in the order in which they were added. */
    public Field field(int index) {
        return (Field) item(2 * index);
    }

    /** The value at a position: String, Long or byte[], by {@link Field#kind()}. */
    public Object value(int index) {
        return item(2 * index + 1);
    }

    /** Type and field names only, because values may be secrets. */
    @Override
    public String toString() {
        List<Field> fields = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            fields.add(field(i));
        }
        return type + " #" + connection + " " + fields;
    }

    private Event add(Field field, Field.Kind kind, @Nullable Object value) {
        if (field.kind() != kind) {
            throw new IllegalArgumentException(field + " takes a " + field.kind() + ", not a " + kind);
        }
        if (value != null) {
            // A volatile write at every added value would stall the processor; a read does not.
            if (byField != null) {
                byField = null;
            }
            if (items.length == 2 * size) {
                items = Arrays.copyOf(items, 2 * items.length);
            }
            items[2 * size] = field;
            items[2 * size + 1] = value;
            size++;
        }
        return this;
    }

    /** Position of the first value of a field; -1 when there is none. */
    private int indexOf(Field field) {
        for (int i = 0; i < size; i++) {
            if (items[2 * i] == field) {
                return i;
            }
        }
        return -1;
    }

    private Object item(int at) {
        if (at >= 2 * size) {
            throw new IndexOutOfBoundsException("an event of " + size + " values has none at " + at / 2);
        }
        return items[at];
    }

    private @Nullable Object first(Field field, Field.Kind kind) {
        if (field.kind() != kind) {
            return null;
        }
        if (size < MANY) {
            int index = indexOf(field);
            return index < 0 ? null : value(index);
        }
        List<Object> found = byField().get(field);
        return found == null ? null : found.get(0);
    }

    @SuppressWarnings("unchecked") // a field's kind determines the type of its values
    private <T> List<T> all(Field field, Field.Kind kind, Class<T> valueType) {
        if (field.kind() != kind) {
            return Collections.emptyList();
        }
        if (size >= MANY) {
            List<Object> found = byField().get(field);
            return found == null ? Collections.<T>emptyList() : (List<T>) (List<?>) found;
        }
        List<T> found = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (items[2 * i] == field) {
                found.add(valueType.cast(value(i)));
            }
        }
        return Collections.unmodifiableList(found);
    }

    private Map<Field, List<Object>> byField() {
        Map<Field, List<Object>> known = byField;
        if (known == null) {
            Map<Field, List<Object>> made = new EnumMap<>(Field.class);
            for (int i = 0; i < size; i++) {
                made.computeIfAbsent(field(i), any -> new ArrayList<>()).add(value(i));
            }
            made.replaceAll((field, all) -> Collections.unmodifiableList(all));
            byField = made;
            known = made;
        }
        return known;
    }
}
