package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;

/**
 * Bytes that an event takes on the heap, with the objects around its values. It is an upper bound: a text or number that is
 * shared, such as a thread's name, counts in full. It allocates nothing; any thread may call it.
 */
public final class EventSize {
    /** An event with its two lists, the object that holds it in the queue, and the queue's node. */
    private static final int EVENT = 240;

    /** A slot in both lists with room to grow, and a number or the header of an array. */
    private static final int VALUE = 32;

    /** A text's own object, beside the array of its characters. */
    private static final int TEXT = 24;

    /** Java 8 uses two bytes for a character, later versions one if it is Latin-1. */
    private static final int CHARACTER = "1.8".equals(System.getProperty("java.specification.version")) ? 2 : 1;

    private EventSize() {}

    /** The size of an event as long as nothing is added to it. */
    public static int of(Event event) {
        int size = EVENT;
        for (int i = 0; i < event.size(); i++) {
            Object value = event.value(i);
            size += VALUE;
            if (value instanceof byte[]) {
                size += ((byte[]) value).length;
            } else if (value instanceof String) {
                size += TEXT + CHARACTER * ((String) value).length();
            }
        }
        return size;
    }
}
