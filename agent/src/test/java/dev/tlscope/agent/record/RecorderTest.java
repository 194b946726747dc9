package dev.tlscope.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All connections together take no more memory than the limit, however many there are and however they end. */
class RecorderTest {
    private static final int MOST = 1 << 20;
    private static final int MESSAGE_BYTES = 4_000;

    private final List<Event> written = new ArrayList<>();
    private final List<Object> origins = new ArrayList<>();
    private final Recorder recorder = recorder(false);

    @Test
    @Timeout(20)
    void aConnectionThatEndedIsNotReferredTo() {
        WeakReference<Connection> closed = new WeakReference<>(ended(true));
        WeakReference<Connection> failed = new WeakReference<>(ended(false));
        while (closed.get() != null || failed.get() != null) {
            System.gc();
            recorder.sweep();
        }
    }

    @Test
    void completedHandshakesStayWithinTheLimit() {
        for (int i = 0; i < 1000; i++) {
            completed(recorder);
            assertThat(recorder.budget().bytes()).isLessThanOrEqualTo(MOST);
        }
    }

    @Test
    void handshakesUnderWayStayWithinTheLimit() {
        for (int i = 0; i < 1000; i++) {
            begun(recorder);
            assertThat(recorder.budget().bytes()).isLessThanOrEqualTo(MOST);
        }
    }

    @Test
    void whatComesAfterTheHandshakeStaysWithinTheLimit() {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(completed(recorder));
        }
        for (int round = 0; round < 30; round++) {
            for (Connection connection : all) {
                connection.add(message(connection));
                assertThat(recorder.budget().bytes()).isLessThanOrEqualTo(MOST);
            }
        }
    }

    @Test
    void theOldestCompletedGivesWayBeforeAHandshakeUnderWay() {
        Connection underWay = begun(recorder);
        Connection oldest = completed(recorder);
        for (int i = 0; i < 1000; i++) {
            completed(recorder);
        }
        Connection youngest = completed(recorder);
        assertThat(failure(underWay)).contains(EventType.CONNECTION, EventType.MESSAGE);
        assertThat(failure(youngest)).contains(EventType.CONNECTION, EventType.MESSAGE);
        assertThat(failure(oldest)).containsExactly(EventType.CONNECTION, EventType.FAILURE);
        assertThat(recorder.counters().dropped).hasValue(1);
    }

    @Test
    void oneThatGaveWayHoldsWhatComesNow() {
        Connection oldest = completed(recorder);
        for (int i = 0; i < 1000; i++) {
            completed(recorder);
        }
        oldest.add(message(oldest));
        assertThat(failure(oldest)).containsExactly(EventType.CONNECTION, EventType.MESSAGE, EventType.FAILURE);
    }

    @Test
    void withEverythingKeptAHandshakeThatGivesWayIsWritten() {
        Recorder all = recorder(true);
        for (int i = 0; i < 1000; i++) {
            begun(all);
        }
        assertThat(all.budget().bytes()).isLessThanOrEqualTo(MOST);
        all.releaseAll();
        assertThat(all.budget().bytes()).isZero();
        assertThat(written).hasSize(2000);
        assertThat(all.counters().dropped).hasValue(0);
    }

    /** Each thread discards events of the others' connections while it adds to its own. */
    @Test
    @Timeout(60)
    void threadsThatMakeRoomAtOnceDoNotWaitForEachOther() throws InterruptedException {
        Recorder narrow = new Recorder(queued -> written.add(queued.resolve()), false, 20 * MESSAGE_BYTES);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Connection first = begun(narrow);
            Connection second = completed(narrow);
            threads.add(new Thread(() -> {
                for (int round = 0; round < 5000; round++) {
                    first.add(message(first));
                    second.add(message(second));
                    first.complete();
                }
                first.close();
                second.close();
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(narrow.budget().bytes()).isZero();
        assertThat(written).isEmpty();
    }

    @Test
    void aFloodOfOneKindIsOnlyCounted() {
        for (int i = 0; i < FailureKinds.WHOLE; i++) {
            assertThat(failure(begun(recorder))).contains(EventType.FAILURE);
        }
        Connection more = begun(recorder);
        assertThat(failure(more)).isEmpty();
        more.add(message(more));
        more.close();
        assertThat(written).isEmpty();
        assertThat(recorder.counters().failed).hasValue(FailureKinds.WHOLE + 1L);
        assertThat(recorder.counters().repeated).hasValue(1);
        Connection completedBefore = completed(recorder);
        completedBefore.add(completedBefore.event(EventType.FAILURE).put(Field.ALERT, 48));
        completedBefore.fail();
        assertThat(written).as("another kind").isNotEmpty();
    }

    private Recorder recorder(boolean keepAll) {
        return new Recorder(queued -> written.add(queued.resolve()), keepAll, MOST);
    }

    private Connection ended(boolean well) {
        Connection connection = recorder.open(new Object(), new NoOwner(), false);
        connection.add(message(connection));
        connection.complete();
        if (well) {
            connection.close();
        } else {
            connection.fail();
        }
        return connection;
    }

    private Connection begun(Recorder recorder) {
        Object origin = new Object();
        origins.add(origin);
        Connection connection = recorder.open(origin, new NoOwner(), false);
        connection.add(
                new ConnectionEvent(new CompleteEvent(connection.event(EventType.CONNECTION)), connection.address()));
        connection.add(message(connection));
        return connection;
    }

    private Connection completed(Recorder recorder) {
        Connection connection = begun(recorder);
        connection.complete();
        return connection;
    }

    private static Event message(Connection connection) {
        return connection.event(EventType.MESSAGE).put(Field.BYTES, new byte[MESSAGE_BYTES]);
    }

    private List<EventType> failure(Connection connection) {
        written.clear();
        connection.add(connection.event(EventType.FAILURE));
        connection.fail();
        return written.stream().map(Event::type).toList();
    }
}
