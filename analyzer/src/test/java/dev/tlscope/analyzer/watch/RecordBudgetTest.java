package dev.tlscope.analyzer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import org.junit.jupiter.api.Test;

class RecordBudgetTest {
    private static final int RECORD = 16_000;

    private final RecordBudget budget = new RecordBudget();

    @Test
    void theFirstRecordsOfAConnectionFit() {
        assertThat(count(1, 100)).isEqualTo(16); // of 16,200 bytes in 262,144
        assertThat(budget.takes(record(1, 1))).as("a smaller one after a gap").isFalse();
        assertThat(count(2, 100)).as("another connection").isEqualTo(16);
    }

    @Test
    void allConnectionsTogetherHaveALimit() {
        long kept = 0;
        for (long connection = 1; connection <= 1000; connection++) {
            kept += count(connection, 17);
        }
        assertThat(kept * (RECORD + 200)).isLessThan(1 << 26).isGreaterThan(60_000_000);
        for (long connection = 1; connection <= 1000; connection++) {
            budget.release(connection);
        }
        assertThat(count(2000, 17)).isEqualTo(16);
    }

    private int count(long connection, int records) {
        int taken = 0;
        for (int i = 0; i < records; i++) {
            taken += budget.takes(record(connection, RECORD)) ? 1 : 0;
        }
        return taken;
    }

    private static Event record(long connection, int length) {
        return new Event(EventType.RECORD, connection, 0).put(Field.BYTES, new byte[length]);
    }
}
