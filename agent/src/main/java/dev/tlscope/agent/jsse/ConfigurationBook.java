package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Parts;
import dev.tlscope.agent.record.Recorder;
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
 * Numbers every distinct configuration, and has it ready for the file when an event first refers to it. Private loader, used
 * by the sink's thread alone: the application's threads pay for a {@link Settings} and no more.
 */
public final class ConfigurationBook implements Parts {
    private static final int MOST_SETTINGS = 2000;
    private static final int MOST_MANAGERS = 40;
    private static final long PROPERTIES_NANOS = 1_000_000_000L;

    private final Recorder recorder;

    /** By content: settings under the numbers of what they refer to, environment, managers. */
    private final Map<List<?>, Event> settings = new Recent(MOST_SETTINGS);

    private final Map<List<?>, Event> others = new Recent(MOST_MANAGERS);
    private final Map<Long, Event> byNumber = new LinkedHashMap<>();
    /** JSSE's own managers, which have no equals of their own, by identity. */
    private final Map<Object, Long> managers = new WeakHashMap<>();

    private List<@Nullable String> policy = new ArrayList<>();
    private long environment;
    private long environmentRead;
    private long last;

    public ConfigurationBook(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public @Nullable Event part(long number) {
        return byNumber.get(number);
    }

    /** The number of the configuration that these settings make. */
    long number(Settings taken) {
        long keys = manager(taken.keyManager, true);
        long trust = manager(taken.trustManager, false);
        long around = environment();
        List<@Nullable Object> key = new ArrayList<>(taken.key());
        key.add(keys);
        key.add(trust);
        key.add(around);
        Event known = settings.get(key);
        if (known == null) {
            known = make(EventType.CONFIGURATION).put(Field.ENVIRONMENT, around);
            if (keys > 0) {
                known.put(Field.KEY_MANAGER_NUMBER, keys);
            }
            if (trust > 0) {
                known.put(Field.TRUST_MANAGER_NUMBER, trust);
            }
            taken.describe(known);
            settings.put(key, known);
            byNumber.put(last, known);
        }
        return known.number(Field.CONFIGURATION, 0);
    }

    private long manager(@Nullable Object manager, boolean keys) {
        if (manager == null) {
            return 0;
        }
        Long known = managers.get(manager);
        // one that was forgotten since is told anew
        if (known != null && byNumber.containsKey(known)) {
            return known;
        }
        Event made = make(EventType.MANAGER);
        if (keys) {
            ManagerParts.describeKeys(made, manager);
        } else {
            ManagerParts.describeTrust(made, manager);
        }
        long number = settle(content(made), made);
        managers.put(manager, number);
        return number;
    }

    /** Properties are read again once a second, policy each time: nobody tells of a change. */
    private long environment() {
        long now = recorder.now();
        List<@Nullable String> current = Environment.policy();
        if (environment == 0
                || now - environmentRead > PROPERTIES_NANOS
                || !current.equals(policy)
                || !byNumber.containsKey(environment)) {
            policy = current;
            environmentRead = now;
            Event made = make(EventType.ENVIRONMENT);
            List<String> pairs = Environment.read();
            for (int i = 0; i < pairs.size(); i += 2) {
                made.put(Field.NAME, pairs.get(i)).put(Field.VALUE, pairs.get(i + 1));
            }
            environment = settle(pairs, made);
        }
        return environment;
    }

    /** An event that takes the next number; {@link #settle} gives it back when the content was known already. */
    private Event make(EventType type) {
        return new Event(type, 0, recorder.now()).put(Field.CONFIGURATION, ++last);
    }

    private long settle(List<?> content, Event made) {
        Event known = others.get(content);
        if (known != null) {
            last--;
            return known.number(Field.CONFIGURATION, 0);
        }
        others.put(content, made);
        byNumber.put(last, made);
        return last;
    }

    /** All fields but the number. */
    private static List<Object> content(Event event) {
        List<Object> content = new ArrayList<>(event.size());
        for (int i = 1; i < event.size(); i++) {
            Object value = event.value(i);
            content.add(event.field(i));
            content.add(value instanceof byte[] ? ByteBuffer.wrap((byte[]) value) : value);
        }
        return content;
    }

    /** Forgets what was not used for longest. */
    private final class Recent extends LinkedHashMap<List<?>, Event> {
        private static final long serialVersionUID = 1;

        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<?>, Event> eldest) {
            if (size() <= most) {
                return false;
            }
            byNumber.remove(eldest.getValue().number(Field.CONFIGURATION, 0));
            return true;
        }
    }
}
