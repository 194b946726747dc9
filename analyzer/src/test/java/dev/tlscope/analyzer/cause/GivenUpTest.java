package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who parted first from a client's engine that has sent its ClientHello and heard nothing, by what was seen and when. */
class GivenUpTest {
    private static final long MILLI = 1_000_000L;
    private static final byte[] USER_CANCELED = {1, 90};

    private final List<Event> events = new ArrayList<>();

    @Test
    void theStreamsEndComesBeforeTheApplicationsClose() {
        begin("192.0.2.1:5000");
        socketEnds(50, null);
        alert(51, "out", USER_CANCELED);
        fails(52, "closed");
        assertThat(told()).isEqualTo("peer-closed certain");
    }

    @Test
    void theStreamsEndThatTheApplicationsCloseMadeIsNotThePeers() {
        begin("192.0.2.1:5000");
        alert(900, "out", USER_CANCELED);
        socketEnds(901, null);
        fails(902, "closed");
        assertThat(told()).isEqualTo("handshake-timeout likely");
    }

    @Test
    void aResetIsOneThoughTheApplicationThenCloses() {
        begin("192.0.2.1:5000");
        socketEnds(50, "java.io.IOException: Connection reset by peer");
        fails(400, "closed");
        assertThat(told()).isEqualTo("connection-reset likely");
    }

    @Test
    void aCloseAfterAWaitIsATimeoutAndOneAtOnceIsNot() {
        begin("192.0.2.1:5000");
        fails(2_000, "closed");
        assertThat(told()).isEqualTo("handshake-timeout likely");
        events.clear();
        begin("192.0.2.1:5000");
        fails(20, "closed");
        assertThat(told()).isEqualTo("internal likely");
    }

    @Test
    void whereTheSocketIsNotSeenNothingIsLikely() {
        begin(null);
        fails(2_000, "dropped");
        assertThat(told()).isEqualTo("handshake-timeout possible");
        assertThat(finding().candidates())
                .extracting(candidate -> candidate.cause().id())
                .contains("connection-reset", "peer-closed", "internal", "plaintext-peer");
    }

    @Test
    void whoseTurnItWasIsTold() {
        begin("192.0.2.1:5000");
        message(30, "in", 14); // ServerHelloDone
        fails(2_000, "closed");
        assertThat(told()).isEqualTo("internal likely");
        assertThat(finding().summary()).contains("its own turn, after the peer's ServerHelloDone");
    }

    private void begin(@Nullable String local) {
        events.add(new Event(EventType.CONNECTION, 1, 0)
                .put(Field.ROLE, "client")
                .put(Field.TRANSPORT, "engine")
                .put(Field.LOCAL, local)
                .put(Field.PEER, local == null ? null : "192.0.2.2:443"));
        message(1, "out", 1);
    }

    private void message(long millis, String direction, int type) {
        events.add(new Event(EventType.MESSAGE, 1, millis * MILLI)
                .put(Field.DIRECTION, direction)
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, new byte[] {(byte) type, 0, 0, 0}));
    }

    private void alert(long millis, String direction, byte[] bytes) {
        events.add(new Event(EventType.MESSAGE, 1, millis * MILLI)
                .put(Field.DIRECTION, direction)
                .put(Field.CONTENT_TYPE, 21)
                .put(Field.BYTES, bytes));
    }

    private void socketEnds(long millis, @Nullable String exception) {
        events.add(new Event(EventType.SOCKET_END, 1, millis * MILLI).put(Field.EXCEPTION, exception));
    }

    private void fails(long millis, String how) {
        events.add(new Event(EventType.FAILURE, 1, millis * MILLI)
                .put(Field.DIRECTION, "out")
                .put(Field.NEGOTIATED, 0)
                .put(Field.GIVEN_UP, how));
    }

    private String told() {
        Finding finding = finding();
        return finding.cause() + " " + finding.confidence().name().toLowerCase(Locale.ROOT);
    }

    private Finding finding() {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("a.pcapng"), found::add);
        events.forEach(handshakes);
        handshakes.end();
        assertThat(found).hasSize(1);
        return Causes.of(found.get(0));
    }
}
