package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A handshake whose JSSE object is collected before it completed is a failure; any other collected connection is not.
 */
@Timeout(60)
class AbandonedTest {
    private final List<Event> written = new ArrayList<>();
    private final Recorder recorder = new Recorder(queued -> written.add(queued.resolve()), false);

    @Test
    void anEngineThatWasDroppedInItsHandshakeFailed() {
        drop(false, connection -> connection.socketEnded(null));
        assertThat(written)
                .extracting(Event::type)
                .containsExactly(
                        EventType.CONNECTION,
                        EventType.MESSAGE,
                        EventType.SOCKET_END,
                        EventType.FAILURE,
                        EventType.CLOSED);
        assertThat(written.get(3).text(Field.GIVEN_UP)).isEqualTo("dropped");
        assertThat(recorder.counters().failed).hasValue(1);
    }

    @Test
    void nothingIsToldOfOneThatCompletedOrClosed() {
        drop(false, Connection::complete);
        drop(false, Connection::close);
        assertThat(written).isEmpty();
    }

    @Test
    void aFailureIsToldOnce() {
        drop(false, connection -> {
            connection.add(connection.event(EventType.FAILURE));
            connection.fail();
        });
        assertThat(written).extracting(Event::type).containsOnlyOnce(EventType.FAILURE);
    }

    /** It is not known whether its handshake had completed. */
    @Test
    void nothingIsToldOfOneThatIsOlderThanTheAgent() {
        drop(true, connection -> {});
        assertThat(written).isEmpty();
    }

    @Test
    void atTheJvmsEndAHandshakeThatWaitsForLongIsGivenUp() throws InterruptedException {
        List<Object> origins = List.of(new Object(), new Object());
        Connection stuck = begun(origins.get(0), false);
        begun(origins.get(1), false).complete();
        Thread.sleep(600);
        recorder.releaseAll();
        assertThat(written)
                .filteredOn(event -> event.type() == EventType.FAILURE)
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.connection()).isEqualTo(stuck.number());
                    assertThat(failure.text(Field.GIVEN_UP)).isEqualTo("exit");
                });
    }

    @Test
    void theEndOfASocketIsToldOnceAndInTheHandshakeAlone() {
        Object origin = new Object();
        Connection connection = begun(origin, false);
        connection.socketEnded("java.io.IOException: Connection reset by peer");
        connection.socketEnded(null);
        connection.add(connection.event(EventType.FAILURE));
        connection.fail();
        connection.socketEnded(null);
        assertThat(written)
                .filteredOn(event -> event.type() == EventType.SOCKET_END)
                .singleElement()
                .satisfies(end -> assertThat(end.text(Field.EXCEPTION))
                        .isEqualTo("java.io.IOException: Connection reset by peer"));
    }

    /** Drops its JSSE object, until everything that belongs to it is collected. */
    private void drop(boolean joinedLate, Consumer<Connection> before) {
        WeakReference<Connection> connection = new WeakReference<>(made(joinedLate, before));
        while (connection.get() != null) {
            System.gc();
            recorder.sweep();
        }
    }

    private Connection made(boolean joinedLate, Consumer<Connection> before) {
        Connection connection = begun(new Object(), joinedLate);
        before.accept(connection);
        return connection;
    }

    private Connection begun(Object origin, boolean joinedLate) {
        Connection connection = recorder.open(origin, new NoOwner(), joinedLate);
        connection.announce();
        connection.add(connection.event(EventType.CONNECTION));
        connection.add(connection.event(EventType.MESSAGE).put(Field.BYTES, new byte[] {1, 0, 0, 0}));
        return connection;
    }
}
