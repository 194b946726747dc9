package dev.tlscope.agent.inventory;

import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.capture.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes with which this JVM does TLS, as far as they were seen. The classes are held weakly, so that their loaders can be
 * collected. Used on any thread.
 */
public final class TlsInventory {
    /** Real JVMs have a few; a limit for those that make classes. */
    private static final int MOST = 100;

    private final WeakIdentityMap<TlsClass> byClass = new WeakIdentityMap<>();
    private final List<TlsClass> listed = new ArrayList<>();

    /** What is known of a class; null when it was not seen yet. */
    public @Nullable TlsClass find(Class<?> type) {
        return byClass.get(type);
    }

    /**
     * Notes a class.
     *
     * @param now nanoseconds since 1970-01-01T00:00:00Z
     * @param early whether it was loaded before the attach
     * @return null when another thread noted it at the same time
     */
    public @Nullable TlsClass add(Class<?> type, TlsKind kind, long now, boolean early, @Nullable String provider) {
        TlsClass made = new TlsClass(type, kind, now, early, provider);
        if (byClass.putIfAbsent(type, made) != null) {
            return null;
        }
        synchronized (listed) {
            // the same jar in another loader, such as after a redeployment, adds no line
            boolean known = listed.removeIf(other -> other.isSame(made));
            if (known || listed.size() < MOST) {
                listed.add(made);
            }
        }
        return made;
    }

    /** All classes, those that were seen first first. */
    public List<TlsClass> all() {
        synchronized (listed) {
            return new ArrayList<>(listed);
        }
    }

    /** Their events. */
    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (TlsClass each : all()) {
            events.add(each.event());
        }
        return events;
    }
}
