package dev.tlscope.agent.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one connection that are held back: those of its handshake and the latest of those after it, which
 * explain a later failure. Guarded by its {@link Connection}.
 */
final class BufferedEvents {
    private static final int MOST_FIRST_BYTES = 1 << 20;
    private static final int MOST_LATEST_BYTES = 64 << 10;

    /** Most handshakes have no more events, so that the list does not grow. */
    private static final int OF_A_HANDSHAKE = 24;

    private List<QueuedEvent> first = new ArrayList<>(OF_A_HANDSHAKE);
    /** Null until something follows the handshake. */
    private @Nullable Deque<QueuedEvent> latest;

    private int firstBytes;
    private int latestBytes;
    private long lost;

    /**
     * Adds an event.
     *
     * @param completed whether the handshake was over before it; a handshake of extreme size counts as over
     */
    void add(QueuedEvent queued, boolean completed) {
        Deque<QueuedEvent> after = latest;
        boolean isFirst = after == null || after.isEmpty();
        if (queued.isEssential()) {
            (after == null || isFirst ? first : after).add(queued);
            return;
        }
        int size = queued.size();
        if (!completed && isFirst && firstBytes + size <= MOST_FIRST_BYTES) {
            first.add(queued);
            firstBytes += size;
            return;
        }
        if (after == null) {
            after = new ArrayDeque<>(4);
            latest = after;
        }
        after.add(queued);
        latestBytes += size;
        trim(after);
    }

    /** Bytes that can be freed. Essential events do not count: a connection's own TLS objects take more. */
    int bytes() {
        return firstBytes + latestBytes;
    }

    /** Passes all events to the sink, secrets first; returns the number of missing events. */
    long release(EventSink sink) {
        joinLatest();
        for (QueuedEvent queued : first) {
            if (queued.isSecret()) {
                sink.offer(queued);
            }
        }
        for (QueuedEvent queued : first) {
            if (!queued.isSecret()) {
                sink.offer(queued);
            }
        }
        return lost;
    }

    /** Adds all events to a list, oldest first. */
    void copyTo(List<QueuedEvent> list) {
        list.addAll(first);
        if (latest != null) {
            list.addAll(latest);
        }
    }

    /** Discards all events that are not essential. */
    void thin() {
        joinLatest();
        List<QueuedEvent> kept = new ArrayList<>(2);
        for (QueuedEvent queued : first) {
            if (queued.isEssential()) {
                kept.add(queued);
            } else {
                queued.discard();
                lost++;
            }
        }
        first = kept;
        firstBytes = 0;
        latestBytes = 0;
    }

    /** Discards all events. */
    void discard() {
        joinLatest();
        for (QueuedEvent queued : first) {
            queued.discard();
        }
        first.clear();
        firstBytes = 0;
        latestBytes = 0;
    }

    private void joinLatest() {
        if (latest != null) {
            first.addAll(latest);
            latest = null;
        }
    }

    private void trim(Deque<QueuedEvent> after) {
        while (latestBytes > MOST_LATEST_BYTES && after.size() > 1) {
            QueuedEvent oldest = after.remove();
            if (oldest.isEssential()) {
                first.add(oldest);
            } else {
                latestBytes -= oldest.size();
                oldest.discard();
                lost++;
            }
        }
    }
}
