package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Decides which failures are written with {@code keep=failures}: a port scan or a broken client makes a hundred thousand of one kind, which
 * would push the others out of the directory. Of each kind the first thousand are written and then one a minute; all are counted.
 * Private loader, application's threads, once per failure.
 */
final class FailureKinds {
    static final int WHOLE = 1_000;

    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** More kinds than these share one count: a client that asks for ever new hosts does not fill the memory. */
    private static final int MOST_KINDS = 1_000;

    private static final int LONGEST = 300;
    private static final String OTHERS = "";

    private final Map<String, Kind> kinds = new HashMap<>();

    /**
     * Whether to write a failure.
     *
     * @param essential the connection's CONNECTION and FAILURE events
     * @param nanos the time of a clock that only goes forward
     */
    boolean keeps(List<QueuedEvent> essential, long nanos) {
        String name = name(essential);
        synchronized (this) {
            Kind kind = kinds.get(name);
            if (kind == null) {
                String counted = kinds.size() < MOST_KINDS ? name : OTHERS;
                kind = kinds.computeIfAbsent(counted, any -> new Kind());
            }
            kind.count++;
            if (kind.count > WHOLE && nanos - kind.written < INTERVAL_NANOS) {
                return false;
            }
            kind.written = nanos;
            return true;
        }
    }

    /** What failures of one kind have in common: everything but addresses, times, and numbers within texts. */
    private static String name(List<QueuedEvent> essential) {
        StringBuilder name = new StringBuilder();
        for (QueuedEvent queued : essential) {
            Event event = queued.known();
            if (event != null && event.type() == EventType.CONNECTION && name.length() == 0) {
                append(name, event, Field.ROLE, Field.PEER_HOST, Field.CLASS);
            } else if (event != null && event.type() == EventType.FAILURE) {
                append(name, event, Field.DIRECTION, Field.STAGE, Field.GIVEN_UP, Field.EXCEPTION);
                for (long alert : event.numbers(Field.ALERT)) {
                    name.append(alert).append('|');
                }
            }
        }
        return name.toString();
    }

    private static void append(StringBuilder name, Event event, Field... fields) {
        for (Field field : fields) {
            for (String text : event.texts(field)) {
                for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
                    char c = text.charAt(i);
                    name.append(c >= '0' && c <= '9' ? '0' : c);
                }
            }
            name.append('|');
        }
    }

    /** How often a kind failed, and when one was written last. */
    private static final class Kind {
        private long count;
        private long written;
    }
}
