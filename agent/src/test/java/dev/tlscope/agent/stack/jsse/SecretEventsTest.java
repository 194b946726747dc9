package dev.tlscope.agent.stack.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A secret that is dropped is overwritten, and the application's own key is not. */
class SecretEventsTest {
    private static final byte[] BYTES = {1, 2, 3, 4};

    /** A provider's key that returns the array which it uses. */
    private static final class OwnKey extends SecretKeySpec {
        private static final long serialVersionUID = 1;

        private final byte[] bytes;

        OwnKey(byte[] bytes) {
            super(bytes, "Generic");
            this.bytes = bytes;
        }

        @Override
        public byte[] getEncoded() {
            return bytes;
        }
    }

    @Test
    void theApplicationsKeyStaysAsItIs() {
        byte[] bytes = BYTES.clone();
        Event event = SecretEvents.withBytes(new Event(EventType.SECRET, 1, 0), new OwnKey(bytes));
        assertThat(event.bytes(Field.BYTES)).isEqualTo(BYTES);
        new Recorder(QueuedEvent::discard, true).note(event);
        assertThat(event.bytes(Field.BYTES)).isEqualTo(new byte[BYTES.length]);
        assertThat(bytes).isEqualTo(BYTES);
    }
}
