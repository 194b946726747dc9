package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A flood of one kind of failure leaves room for the others. */
class FailureKindsTest {
    private static final int FLOOD = 10_000;

    private final FailureKinds kinds = new FailureKinds();

    @Test
    void keepsAThousandOfAKindAndThenOneAMinute() {
        assertThat(flood("server", "scan", 0)).isEqualTo(FailureKinds.WHOLE);
        assertThat(flood("server", "scan", TimeUnit.SECONDS.toNanos(59))).isZero();
        assertThat(flood("server", "scan", TimeUnit.SECONDS.toNanos(61))).isEqualTo(1);
    }

    @Test
    void keepsAFailureOfAKindNotSeenYet() {
        flood("server", "Unrecognized SSL message", 0);
        assertThat(keeps("server", "PKIX path building failed", 40, 0)).isTrue();
        assertThat(keeps("client", "Unrecognized SSL message", -1, 0)).isTrue();
        assertThat(keeps("server", "Unrecognized SSL message", 46, 0)).isTrue();
        assertThat(keeps("server", "Unrecognized SSL message", -1, 0)).isFalse();
    }

    @Test
    void numbersWithinATextMakeNoKind() {
        int kept = 0;
        for (int i = 0; i < FLOOD; i++) {
            kept += keeps("server", String.format("refused after %04d bytes from port %04d", i, i), -1, 0) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(FailureKinds.WHOLE);
    }

    /** A peer that decides what is in a text cannot have everything written. */
    @Test
    void tooManyKindsShareOneCount() {
        int kept = 0;
        for (int i = 0; i < FLOOD; i++) {
            kept += keeps("server", "host " + "x".repeat(i % 100) + "y".repeat(i / 100), -1, 0) ? 1 : 0;
        }
        assertThat(kept).isLessThanOrEqualTo(2 * FailureKinds.WHOLE);
    }

    private int flood(String role, String exception, long nanos) {
        int kept = 0;
        for (int i = 0; i < FLOOD; i++) {
            kept += keeps(role, exception, -1, nanos) ? 1 : 0;
        }
        return kept;
    }

    private boolean keeps(String role, String exception, int alert, long nanos) {
        Event connection = new Event(EventType.CONNECTION, 7, 1).put(Field.ROLE, role);
        Event failure = new Event(EventType.FAILURE, 7, 2).put(Direction.IN).put(Field.EXCEPTION, exception);
        if (alert >= 0) {
            failure.put(Field.ALERT, alert);
        }
        return kinds.keeps(List.of(new CompleteEvent(connection), new CompleteEvent(failure)), nanos);
    }
}
