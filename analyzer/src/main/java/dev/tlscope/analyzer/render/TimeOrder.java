package dev.tlscope.analyzer.render;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Puts what is written about connections into the order of their times. A capture has them in the order in which the agent could write them: an
 * SSLEngine that nobody closes comes late. When more text waits than there is room for, the oldest is passed on.
 */
final class TimeOrder {
    /** Text of some ten thousand failed connections. */
    static final long ROOM = 32L << 20;

    private final PriorityQueue<Entry> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Entry::timeNanos).thenComparingLong(Entry::number));
    private final long room;
    private final Next next;
    private long numbered;
    private long characters;

    private record Entry(long timeNanos, long number, String text) {}

    /** Takes the texts in their order. */
    interface Next {
        void take(String text) throws IOException;
    }

    /**
     * An empty order.
     *
     * @param room number of characters that may wait
     */
    TimeOrder(long room, Next next) {
        this.room = room;
        this.next = next;
    }

    void add(long timeNanos, String text) throws IOException {
        waiting.add(new Entry(timeNanos, numbered++, text));
        characters += text.length();
        while (characters > room) {
            pass();
        }
    }

    /** Passes on all that waits. */
    void end() throws IOException {
        while (!waiting.isEmpty()) {
            pass();
        }
    }

    private void pass() throws IOException {
        Entry oldest = waiting.remove();
        characters -= oldest.text().length();
        next.take(oldest.text());
    }
}
