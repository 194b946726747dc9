package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.record.NumberedEvents;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers every distinct configuration, and provides its event when another event first refers to it. Private loader,
 * used only by the writer's thread: the application's threads only create a {@link ConnectionSettings}.
 */
public final class ConfigurationNumbers {
    private static final int MOST_SETTINGS = 2000;
    private static final int MOST_MANAGERS = 40;
    private static final long PROPERTIES_NANOS = 1_000_000_000L;

    private final Recorder recorder;
    private final NumberedEvents events;

    /** The events of settings, by their content and the numbers that they refer to. */
    private final Map<List<?>, Event> settings = new RecentlyUsed(MOST_SETTINGS);

    private final Map<List<?>, Event> others = new RecentlyUsed(MOST_MANAGERS);
    /** JSSE's own managers, which have no equals of their own, so that they are compared by identity. */
    private final Map<Object, Long> managers = new WeakHashMap<>();

    /** The application's own managers, each until it is garbage-collected. */
    private final WeakIdentityMap<Long> ofApplication = new WeakIdentityMap<>();

    private List<@Nullable String> policy = new ArrayList<>();
    private long environment;
    private long environmentRead;

    public ConfigurationNumbers(Recorder recorder, NumberedEvents events) {
        this.recorder = recorder;
        this.events = events;
    }

    /** The number of the configuration with these settings. */
    long number(ConnectionSettings taken) {
        long keys = manager(taken.keyManager, true);
        long trust = manager(taken.trustManager, false);
        long around = environment();
        List<@Nullable Object> key = new ArrayList<>(taken.key());
        key.add(keys);
        key.add(trust);
        key.add(around);
        Event known = settings.get(key);
        if (known == null) {
            known = events.make(EventType.CONFIGURATION).put(Field.ENVIRONMENT, around);
            if (keys > 0) {
                known.put(Field.KEY_MANAGER_NUMBER, keys);
            }
            if (trust > 0) {
                known.put(Field.TRUST_MANAGER_NUMBER, trust);
            }
            taken.describe(known);
            settings.put(key, known);
            events.keep(known);
        }
        return known.number(Field.CONFIGURATION, 0);
    }

    private long manager(@Nullable Object manager, boolean keys) {
        if (manager == null) {
            return 0;
        }
        boolean foreign = manager instanceof ApplicationManager;
        Object application = foreign ? ((ApplicationManager) manager).get() : null;
        Long known = !foreign ? managers.get(manager) : application == null ? null : ofApplication.get(application);
        // a manager whose event was removed is described again
        if (known != null && events.event(known) != null) {
            return known;
        }
        Event made = events.make(EventType.MANAGER);
        if (keys) {
            ManagerContents.describeKeys(made, manager);
        } else {
            ManagerContents.describeTrust(made, manager);
        }
        long number = settle(content(made), made);
        if (application != null) {
            ofApplication.put(application, number);
        } else if (!foreign) {
            managers.put(manager, number);
        }
        return number;
    }

    /** Properties are read again once a second, and the policy each time: the JDK does not report changes. */
    private long environment() {
        long now = recorder.now();
        List<@Nullable String> current = JvmEnvironment.policy();
        if (environment == 0
                || now - environmentRead > PROPERTIES_NANOS
                || !current.equals(policy)
                || events.event(environment) == null) {
            policy = current;
            environmentRead = now;
            Event made = events.make(EventType.ENVIRONMENT);
            List<String> pairs = JvmEnvironment.read();
            for (int i = 0; i < pairs.size(); i += 2) {
                made.put(Field.NAME, pairs.get(i)).put(Field.VALUE, pairs.get(i + 1));
            }
            environment = settle(pairs, made);
        }
        return environment;
    }

    /** The number of this content: that of the new event, or of an earlier event with the same content. */
    private long settle(List<?> content, Event made) {
        Event known = others.get(content);
        if (known != null) {
            return known.number(Field.CONFIGURATION, 0);
        }
        others.put(content, made);
        return events.keep(made);
    }

    /** All fields except the number. */
    private static List<Object> content(Event event) {
        List<Object> content = new ArrayList<>(event.size());
        for (int i = 1; i < event.size(); i++) {
            Object value = event.value(i);
            content.add(event.field(i));
            content.add(value instanceof byte[] ? ByteBuffer.wrap((byte[]) value) : value);
        }
        return content;
    }

    /** A map that removes the entry that was not used for longest. */
    private final class RecentlyUsed extends LinkedHashMap<List<?>, Event> {
        private static final long serialVersionUID = 1;

        private final int most;

        RecentlyUsed(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<?>, Event> eldest) {
            if (size() <= most) {
                return false;
            }
            events.forget(eldest.getValue());
            return true;
        }
    }
}
