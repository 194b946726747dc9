package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.EventSize;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.Principal;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A KEY_CHOICE event whose authorities the writer's thread encodes. It refers to JSSE's own copy of their names. */
final class KeyChoiceEvent implements QueuedEvent {
    private static final int MOST_ISSUERS = 300;
    private static final int SIZE_OF_A_NAME = 200;

    private final Event event;
    private final Principal @Nullable [] issuers;

    KeyChoiceEvent(Event event, Principal @Nullable [] issuers) {
        this.event = event;
        this.issuers = issuers;
    }

    @Override
    public Event resolve() {
        int count = issuers == null ? 0 : Math.min(issuers.length, MOST_ISSUERS);
        for (int i = 0; issuers != null && i < count; i++) {
            // X500Principal is final, so this runs no code of the application.
            if (issuers[i] instanceof X500Principal) {
                event.put(Field.ISSUER, ((X500Principal) issuers[i]).getEncoded());
            }
        }
        return issuers == null ? event : event.put(Field.ISSUER_COUNT, issuers.length);
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public int size() {
        return EventSize.of(event) + SIZE_OF_A_NAME * (issuers == null ? 0 : Math.min(issuers.length, MOST_ISSUERS));
    }

    @Override
    public void discard() {
        // holds no copy of a secret
    }
}
