package dev.tlscope.agent.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The events of one connection that are held back: those of its handshake and the latest of those after it, which
 * explain a later failure. Guarded by its {@link Connection}.
 */
final class BufferedEvents {
    private static final int MOST_FIRST_BYTES = 1 << 20;
    private static final int MOST_LATEST_BYTES = 64 << 10;

    private List<QueuedEvent> first = new ArrayList<>();
    private final Deque<QueuedEvent> latest = new ArrayDeque<>(4);
    private int firstBytes;
    private int latestBytes;
    private long lost;

    /**
     * Adds an event.
     *
     * @param completed whether the handshake was over before it; a handshake of extreme size counts as over
     */
    void add(QueuedEvent queued, boolean completed) {
        if (queued.isEssential()) {
            (latest.isEmpty() ? first : latest).add(queued);
            return;
        }
        int size = queued.size();
        if (!completed && latest.isEmpty() && firstBytes + size <= MOST_FIRST_BYTES) {
            first.add(queued);
            firstBytes += size;
        } else {
            latest.add(queued);
            latestBytes += size;
            trim();
        }
    }

    /** Bytes that can be freed. Essential events do not count: a connection's own TLS objects take more. */
    int bytes() {
        return firstBytes + latestBytes;
    }

    /** Passes all events to the sink, secrets first; returns the number of missing events. */
    long release(EventSink sink) {
        first.addAll(latest);
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
        list.addAll(latest);
    }

    /** Discards all events that are not essential. */
    void thin() {
        first.addAll(latest);
        latest.clear();
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
        thin();
        for (QueuedEvent queued : first) {
            queued.discard();
        }
    }

    private void trim() {
        while (latestBytes > MOST_LATEST_BYTES && latest.size() > 1) {
            QueuedEvent oldest = latest.remove();
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
