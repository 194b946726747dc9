package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

class AlertAfterFailureTest {
    private final Event provider = new Event(EventType.CONNECTION, 1, 1).put(Field.STACK, "provider");
    private final Event failure = new Event(EventType.FAILURE, 1, 2)
            .put(Direction.OUT)
            .put(Field.NEGOTIATED, 0)
            .put(Field.EXCEPTION, "javax.net.ssl.SSLException: no");

    private static Event alert(Direction direction, int level) {
        return new Event(EventType.MESSAGE, 1, 3)
                .put(direction)
                .put(Field.CONTENT_TYPE, 21)
                .put(Field.BYTES, new byte[] {(byte) level, 70});
    }

    @Test
    void theAlertThatFollowsIsTheFailures() {
        Event joined = new AlertAfterFailure().join(failure, provider, alert(Direction.OUT, 2));
        assertThat(joined).isNotNull();
        assertThat(joined.number(Field.ALERT, -1)).isEqualTo(70);
        assertThat(joined.texts(Field.EXCEPTION)).isEqualTo(failure.texts(Field.EXCEPTION));
        assertThat(joined.timeNanos()).isEqualTo(failure.timeNanos());
    }

    @Test
    void noOtherMessageIs() {
        AlertAfterFailure after = new AlertAfterFailure();
        assertThat(after.join(failure, provider, alert(Direction.IN, 2))).isSameAs(failure);
        assertThat(after.join(failure, provider, alert(Direction.OUT, 1))).isSameAs(failure);
        assertThat(after.join(failure, new Event(EventType.CONNECTION, 1, 1), alert(Direction.OUT, 2)))
                .isSameAs(failure);
        assertThat(after.join(null, provider, alert(Direction.OUT, 2))).isNull();
    }
}
