package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that others refer to by number, from any stack. Private loader, used only by the writer's thread. */
public final class NumberedEvents implements ReferencedEvents {
    private final Recorder recorder;
    private final Map<Long, Event> byNumber = new HashMap<>();
    private long last;

    public NumberedEvents(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public @Nullable Event event(long number) {
        return byNumber.get(number);
    }

    /** An event with the next number, which counts as used when the event is kept. */
    public Event make(EventType type) {
        return new Event(type, 0, recorder.now()).put(Field.CONFIGURATION, last + 1);
    }

    /** Keeps the event that was made last; returns its number. */
    public long keep(Event made) {
        byNumber.put(++last, made);
        return last;
    }

    /** Removes an event that no later one will refer to. */
    public void forget(Event kept) {
        byNumber.remove(kept.number(Field.CONFIGURATION, 0));
    }
}
