package dev.tlscope.agent.record;

import dev.tlscope.capture.Event;
import org.jspecify.annotations.Nullable;

/** A CONNECTION event, with the addresses that are known when it is written. */
public final class ConnectionEvent implements QueuedEvent {
    private final QueuedEvent event;
    private final Address address;

    public ConnectionEvent(QueuedEvent event, Address address) {
        this.event = event;
        this.address = address;
    }

    @Override
    public @Nullable Event resolve() {
        Event resolved = event.resolve();
        if (resolved != null) {
            address.put(resolved);
        }
        return resolved;
    }

    @Override
    public @Nullable Event known() {
        return event.known();
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public boolean isEssential() {
        return true;
    }

    @Override
    public int size() {
        return event.size();
    }

    @Override
    public void discard() {
        event.discard();
    }
}
