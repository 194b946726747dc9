package dev.tlscope.analyzer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Configurations;
import dev.tlscope.analyzer.model.HandshakeBuilder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client's second message that never arrived, and several endings of its server. */
class LostMessageTest {
    private static final long SECOND = 1_000_000_000;
    private static final byte[] HELLO = {1, 0, 0, 0};
    private static final byte[] SERVER_HELLO = {2, 0, 0, 0};
    private static final byte[] KEY_EXCHANGE = {16, 0, 0, 0};
    private static final Event TIMEOUT = failure("java.net.SocketTimeoutException: Read timed out", 5 * SECOND);

    @Test
    void whatAWaitingReceiverDidNotGetIsLost() {
        assertThat(lost(client(SECOND), server(TIMEOUT))).hasValueSatisfying(lost -> {
            assertThat(lost.message()).isEqualTo("ClientKeyExchange");
            assertThat(lost.answeredNanos()).isEqualTo(SECOND);
            assertThat(lost.waitedNanos()).isEqualTo(5 * SECOND);
        });
    }

    @Test
    void whatComesBeforeTheEndOfAStreamIsRead() {
        assertThat(lost(
                        client(SECOND),
                        server(failure("java.io.EOFException: SSL peer shut down incorrectly", SECOND))))
                .isPresent();
    }

    @Test
    void aReceiverThatFailedByItselfReadsNoFurther() {
        Event alert =
                failure("javax.net.ssl.SSLHandshakeException: no", 5 * SECOND).put(Field.ALERT, 40);
        assertThat(lost(client(SECOND), server(alert))).isEmpty();
        Event received = new Event(EventType.FAILURE, 1, 5 * SECOND).put(Field.DIRECTION, "in");
        assertThat(lost(client(SECOND), server(received))).isEmpty();
    }

    @Test
    void aReceiverThatDidNotWaitMayHaveGoneBeforeItCame() {
        assertThat(lost(client(SECOND), server(failure("java.net.SocketTimeoutException", SECOND))))
                .isEmpty();
        assertThat(lost(client(6 * SECOND), server(TIMEOUT))).isEmpty();
        assertThat(lost(client(SECOND), server(new Event(EventType.CLOSED, 1, SECOND))))
                .isEmpty();
    }

    @Test
    void whatFollowsTheHandshakeNeedNotBeRead() {
        assertThat(lost(client(SECOND), server(new Event(EventType.HANDSHAKE, 1, 5 * SECOND))))
                .isEmpty();
    }

    @Test
    void withoutRecordsOrTheBeginningNothingIsSaid() {
        HandshakeBuilder server = builder("server");
        server.add(message(false, HELLO, 0));
        server.add(message(true, SERVER_HELLO, 0));
        server.add(TIMEOUT);
        assertThat(lost(client(SECOND), server)).isEmpty();

        HandshakeBuilder late = server(TIMEOUT);
        late.add(new Event(EventType.CONNECTION, 1, 0).put(Field.ROLE, "server").put(Field.JOINED_LATE, 1));
        assertThat(lost(client(SECOND), late)).isEmpty();
    }

    private static Optional<LostMessage> lost(HandshakeBuilder client, HandshakeBuilder server) {
        ConnectionPair ends = new ConnectionPair(client.build(Path.of("client")), server.build(Path.of("server")));
        return Comparison.of(ends).lost(true);
    }

    /** A client that answers at that time. */
    private static HandshakeBuilder client(long answered) {
        HandshakeBuilder builder = builder("client");
        say(builder, true, HELLO, 0);
        say(builder, false, SERVER_HELLO, 0);
        say(builder, true, KEY_EXCHANGE, answered);
        return builder;
    }

    private static HandshakeBuilder server(Event end) {
        HandshakeBuilder builder = builder("server");
        say(builder, false, HELLO, 0);
        say(builder, true, SERVER_HELLO, 0);
        builder.add(end);
        return builder;
    }

    private static HandshakeBuilder builder(String role) {
        HandshakeBuilder builder = new HandshakeBuilder(1, 0, new Configurations());
        builder.add(new Event(EventType.CONNECTION, 1, 0).put(Field.ROLE, role).put(Field.TRANSPORT, "socket"));
        return builder;
    }

    /** Adds a message and its record, whose number is the message's type. */
    private static void say(HandshakeBuilder builder, boolean sent, byte[] message, long time) {
        builder.add(message(sent, message, time));
        builder.add(new Event(EventType.RECORD, 1, time)
                .put(Field.DIRECTION, sent ? "out" : "in")
                .put(Field.RECORD_NUMBER, message[0])
                .put(Field.CONTENT_TYPE, ContentType.HANDSHAKE)
                .put(Field.EPOCH, 0)
                .put(Field.BYTES, new byte[] {22, 3, 3, 0, 4, message[0], 0, 0, 0}));
    }

    private static Event message(boolean sent, byte[] message, long time) {
        return new Event(EventType.MESSAGE, 1, time)
                .put(Field.DIRECTION, sent ? "out" : "in")
                .put(Field.CONTENT_TYPE, ContentType.HANDSHAKE)
                .put(Field.BYTES, message);
    }

    private static Event failure(String exception, long time) {
        return new Event(EventType.FAILURE, 1, time).put(Field.DIRECTION, "out").put(Field.EXCEPTION, exception);
    }
}
