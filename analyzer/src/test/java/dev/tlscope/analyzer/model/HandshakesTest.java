package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many connections at once, more than the memory limit allows. */
class HandshakesTest {
    private static final int CONNECTIONS = 500;
    private static final long FEW = 1 << 20;

    private final List<Handshake> handedOn = new ArrayList<>();
    private final long[] passed = new long[2];

    @Test
    void countsHealthyOnesAndHandsOnFailures() {
        Handshakes handshakes = counting(Handshakes.MOST_MEMORY);
        begin(handshakes);
        for (int connection = 1; connection <= CONNECTIONS; connection++) {
            switch (connection % 3) {
                case 0 -> fail(handshakes, connection);
                case 1 -> handshakes.accept(new Event(EventType.HANDSHAKE, connection, 20));
                default -> {
                    // is left unfinished
                }
            }
        }
        handshakes.end();
        assertThat(handedOn).hasSize(CONNECTIONS / 3).allMatch(Handshake::failed);
        assertThat(handedOn).allMatch(handshake -> handshake.messages().size() == 1);
        assertThat(passed).containsExactly(167, 167);
    }

    @Test
    void losesNoFailureWhenThereAreTooManyToHold() {
        Handshakes handshakes = counting(FEW);
        begin(handshakes);
        for (int connection = 1; connection <= CONNECTIONS; connection++) {
            handshakes.accept(new Event(EventType.HANDSHAKE, connection, 20));
        }
        for (int connection = 10; connection <= CONNECTIONS; connection += 10) {
            fail(handshakes, connection);
            fail(handshakes, connection);
            handshakes.accept(new Event(EventType.CLOSED, connection, 40));
        }
        handshakes.end();
        assertThat(handedOn).hasSize(CONNECTIONS / 10).allMatch(Handshake::failed);
        assertThat(handedOn)
                .as("also where the beginning is lost")
                .allSatisfy(handshake -> assertThat(handshake.peer()).isEqualTo("peer " + handshake.connection()));
        assertThat(passed).containsExactly(CONNECTIONS - CONNECTIONS / 10, 0);
    }

    @Test
    void failuresThatNeverCloseAreHandedOnOnce() {
        Handshakes handshakes = counting(FEW);
        for (int connection = 1; connection <= CONNECTIONS; connection++) {
            handshakes.accept(new Event(EventType.CONNECTION, connection, 1).put(Field.PEER, "peer " + connection));
            fail(handshakes, connection);
            fail(handshakes, connection);
        }
        for (int connection = 1; connection <= CONNECTIONS; connection++) {
            fail(handshakes, connection);
        }
        handshakes.end();
        assertThat(handedOn.stream().map(Handshake::connection))
                .hasSize(CONNECTIONS)
                .doesNotHaveDuplicates();
        assertThat(passed).containsExactly(0, 0);
    }

    private Handshakes counting(long mostMemory) {
        return new Handshakes(
                Path.of("a.pcapng"),
                completed -> passed[completed ? 0 : 1]++,
                mostMemory,
                unread -> handedOn.add(unread.get()));
    }

    private static void begin(Handshakes handshakes) {
        for (int connection = 1; connection <= CONNECTIONS; connection++) {
            handshakes.accept(new Event(EventType.CONNECTION, connection, 1).put(Field.PEER, "peer " + connection));
            handshakes.accept(new Event(EventType.MESSAGE, connection, 2)
                    .put(Field.DIRECTION, "out")
                    .put(Field.CONTENT_TYPE, 22)
                    .put(Field.BYTES, new byte[8000]));
        }
    }

    private static void fail(Handshakes handshakes, int connection) {
        handshakes.accept(new Event(EventType.FAILURE, connection, 30)
                .put(Field.DIRECTION, "in")
                .put(Field.ALERT, 40));
    }
}
