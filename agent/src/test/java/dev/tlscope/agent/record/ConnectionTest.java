package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The events of one connection that reach the sink with keep=failures: enough to explain a failure, at any age of the
 * connection.
 */
class ConnectionTest {
    private static final int RECORD_BYTES = 10_000;

    private final List<Event> written = new ArrayList<>();
    private final Recorder recorder = new Recorder(queued -> written.add(queued.resolve()), false, 8 << 20);
    private final Object origin = new Object();
    private final Connection connection = recorder.open(origin, new NoOwner(), false);

    @Test
    void oneThatClosesWellIsNotTold() {
        handshake();
        connection.close();
        assertThat(written).isEmpty();
        assertThat(recorder.budget().bytes()).isZero();
    }

    @Test
    void aFailureAfterMuchDataHasItsHandshakeAndWhatCameLast() {
        handshake();
        for (int record = 1; record <= 500; record++) {
            connection.add(record(record));
        }
        fail();
        assertThat(written)
                .extracting(Event::type)
                .startsWith(EventType.CONNECTION, EventType.MESSAGE, EventType.HANDSHAKE)
                .endsWith(EventType.RECORD, EventType.FAILURE);
        List<Event> records = written.subList(3, written.size() - 1);
        assertThat(records)
                .hasSizeBetween(3, 7)
                .last()
                .satisfies(
                        last -> assertThat(last.number(Field.RECORD_NUMBER, 0)).isEqualTo(500));
        assertThat(recorder.counters().dropped).hasValue(500 - records.size());
        assertThat(recorder.budget().bytes()).isZero();
    }

    @Test
    void aFailureOfAHandshakeBeyondAllMeasureIsTold() {
        connection.add(connectionEvent());
        for (int record = 1; record <= 500; record++) {
            connection.add(record(record));
        }
        fail();
        assertThat(written).extracting(Event::type).startsWith(EventType.CONNECTION, EventType.RECORD);
        assertThat(written).extracting(Event::type).endsWith(EventType.RECORD, EventType.FAILURE);
        assertThat(written.get(1).number(Field.RECORD_NUMBER, 0)).isEqualTo(1);
    }

    @Test
    void anAddressThatIsFoundLateOutlastsTheDataAfterIt() {
        handshake();
        connection.add(record(1));
        connection.add(connectionEvent());
        for (int record = 2; record <= 500; record++) {
            connection.add(record(record));
        }
        fail();
        assertThat(written)
                .filteredOn(event -> event.type() == EventType.CONNECTION)
                .hasSize(2);
    }

    @Test
    void afterTheEndNothingIsTold() {
        handshake();
        connection.close();
        byte[] secret = {1, 2, 3};
        connection.add(connection.event(EventType.SECRET).put(Field.BYTES, secret));
        fail();
        assertThat(written).isEmpty();
        assertThat(recorder.counters().failed).hasValue(0);
        assertThat(recorder.budget().bytes()).isZero();
        assertThat(secret).containsOnly(0);
    }

    @Test
    void anEndAfterTheHandshakeIsCountedApartAndNotWritten() {
        handshake();
        connection.add(connection.event(EventType.FAILURE));
        connection.end();
        connection.end();
        connection.close();
        assertThat(written).isEmpty();
        assertThat(recorder.counters().ended).hasValue(1);
        assertThat(recorder.counters().failed).hasValue(0);
        assertThat(recorder.budget().bytes()).isZero();
    }

    @Test
    void afterAFailureTheEndIsTold() {
        handshake();
        fail();
        connection.close();
        connection.add(record(1));
        assertThat(written).extracting(Event::type).endsWith(EventType.FAILURE, EventType.CLOSED);
    }

    @Test
    void aSecretThatIsThrownAwayIsOverwritten() {
        handshake();
        byte[] secret = {1, 2, 3};
        connection.add(connection.event(EventType.SECRET).put(Field.BYTES, secret));
        for (int record = 1; record <= 20; record++) {
            connection.add(record(record));
        }
        assertThat(secret).containsOnly(0);
    }

    private void handshake() {
        connection.announce();
        connection.add(connectionEvent());
        connection.add(connection.event(EventType.MESSAGE).put(Field.BYTES, new byte[200]));
        connection.add(connection.event(EventType.HANDSHAKE));
        connection.complete();
    }

    private QueuedEvent connectionEvent() {
        return new ConnectionEvent(new CompleteEvent(connection.event(EventType.CONNECTION)), connection.address());
    }

    private Event record(int number) {
        return connection
                .event(EventType.RECORD)
                .put(Field.RECORD_NUMBER, number)
                .put(Field.BYTES, new byte[RECORD_BYTES]);
    }

    private void fail() {
        connection.add(connection.event(EventType.FAILURE));
        connection.fail();
    }
}
