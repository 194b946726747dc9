package dev.tlscope.agent.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The events of one connection that wait: those of its handshake, and of what came later the latest, which are what a failure
 * then is explained by. Guarded by its {@link Connection}.
 */
final class HeldEvents {
    private static final int MOST_FIRST_BYTES = 1 << 20;
    private static final int MOST_LATEST_BYTES = 64 << 10;

    private List<Pending> first = new ArrayList<>();
    private final Deque<Pending> latest = new ArrayDeque<>(4);
    private int firstBytes;
    private int latestBytes;
    private long lost;

    /** @param completed whether the handshake was over before it; a handshake beyond all measure counts as over */
    void add(Pending pending, boolean completed) {
        if (pending.isEssential()) {
            (latest.isEmpty() ? first : latest).add(pending);
            return;
        }
        int size = pending.size();
        if (!completed && latest.isEmpty() && firstBytes + size <= MOST_FIRST_BYTES) {
            first.add(pending);
            firstBytes += size;
        } else {
            latest.add(pending);
            latestBytes += size;
            trim();
        }
    }

    /** Bytes that can be had back. What is essential counts nothing: a connection's own JSSE objects take more. */
    int bytes() {
        return firstBytes + latestBytes;
    }

    /** Hands all over, secrets first. Returns how many are missing. */
    long release(Outlet outlet) {
        first.addAll(latest);
        for (Pending pending : first) {
            if (pending.isSecret()) {
                outlet.offer(pending);
            }
        }
        for (Pending pending : first) {
            if (!pending.isSecret()) {
                outlet.offer(pending);
            }
        }
        return lost;
    }

    /** Throws away all but what is essential. */
    void thin() {
        first.addAll(latest);
        latest.clear();
        List<Pending> kept = new ArrayList<>(2);
        for (Pending pending : first) {
            if (pending.isEssential()) {
                kept.add(pending);
            } else {
                pending.discard();
                lost++;
            }
        }
        first = kept;
        firstBytes = 0;
        latestBytes = 0;
    }

    /** Throws all away. */
    void discard() {
        thin();
        for (Pending pending : first) {
            pending.discard();
        }
    }

    private void trim() {
        while (latestBytes > MOST_LATEST_BYTES && latest.size() > 1) {
            Pending oldest = latest.remove();
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
