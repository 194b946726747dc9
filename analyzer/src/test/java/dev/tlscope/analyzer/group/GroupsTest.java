package dev.tlscope.analyzer.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final int INTERNAL_ERROR = 80;
    private static final int UNKNOWN_CA = 48;

    private final Groups groups = new Groups();
    private final Handshakes handshakes = new Handshakes(Path.of("a.pcapng"), this::add);

    @Test
    void countsByCauseAndPeer() {
        fail(1, "server", "10.0.0.1:4001", "out", INTERNAL_ERROR);
        fail(2, "server", "10.0.0.1:4002", "out", INTERNAL_ERROR);
        fail(3, "server", "10.0.0.2:4003", "out", INTERNAL_ERROR);
        fail(4, "client", "10.0.0.9:443", "in", UNKNOWN_CA);
        handshakes.accept(new Event(EventType.HANDSHAKE, 5, 5).put(Field.PROTOCOL, "TLSv1.3"));
        handshakes.accept(new Event(EventType.CONNECTION, 6, 6).put(Field.ROLE, "client"));
        handshakes.end();

        assertThat(List.of(groups.all(), groups.failed(), groups.completed(), groups.unfinished()))
                .containsExactly(6L, 4L, 1L, 1L);
        List<Group> found = groups.groups();
        assertThat(found).hasSize(2);
        Group internal = found.get(0);
        assertThat(internal.example().cause().id()).isEqualTo("internal");
        assertThat(internal.count()).isEqualTo(3);
        assertThat(internal.connection()).isEqualTo(1);
        assertThat(internal.firstNanos()).isEqualTo(1001);
        assertThat(internal.lastNanos()).isEqualTo(3001);
        assertThat(internal.peers().entries())
                .containsExactly(new Tally.Entry("client 10.0.0.1", 2), new Tally.Entry("client 10.0.0.2", 1));
        assertThat(found.get(1).peers().entries()).containsExactly(new Tally.Entry("server 10.0.0.9:443", 1));
    }

    @Test
    void remembersNoMoreThanABoundedNumberOfValues() {
        Tally tally = new Tally();
        for (int i = 0; i < 5_000; i++) {
            tally.add("value " + i);
        }
        tally.add("value 1");
        tally.add("x".repeat(1 << 20));
        assertThat(tally.entries()).hasSize(2_000).startsWith(new Tally.Entry("value 1", 2));
        assertThat(tally.others()).isEqualTo(3_001);
    }

    private void fail(long connection, String role, String peer, String direction, int alert) {
        handshakes.accept(new Event(EventType.CONNECTION, connection, connection * 1000)
                .put(Field.ROLE, role)
                .put(Field.PEER, peer));
        handshakes.accept(new Event(EventType.FAILURE, connection, connection * 1000 + 1)
                .put(Field.DIRECTION, direction)
                .put(Field.ALERT, alert)
                .put(Field.EXCEPTION, "java.lang.IllegalStateException: none"));
        handshakes.accept(new Event(EventType.CLOSED, connection, connection * 1000 + 2));
    }

    private void add(Handshake handshake) {
        if (handshake.failed()) {
            groups.failed(handshake, Causes.of(handshake));
        } else {
            groups.passed(handshake.completed() ? 1 : 0, handshake.completed() ? 0 : 1);
        }
    }
}
