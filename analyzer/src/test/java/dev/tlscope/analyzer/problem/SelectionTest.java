package dev.tlscope.analyzer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Catalogue;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private final Handshake client = handshake("client", "10.0.0.9:8443", "Pay.Example.COM");
    private final Handshake server = handshake("server", "[2001:db8::7]:50001", null);

    @Test
    void aPeerIsNamedByAddressWithOrWithoutPortOrByName() {
        for (String peer :
                List.of("10.0.0.9", "10.0.0.9:8443", "10.0.*", "pay.example.com", "*.example.com", "PAY.*:8443")) {
            assertThat(peer(peer).takes(client)).as(peer).isTrue();
        }
        for (String peer : List.of("10.0.0.90", "0.0.0.9", "example.com", "10.0.0.9:443", "10?0.0.9", "")) {
            assertThat(peer(peer).takes(client)).as(peer).isFalse();
        }
        assertThat(peer("2001:db8::7").takes(server)).isTrue();
        assertThat(peer("[2001:db8::7]:50001").takes(server)).isTrue();
        assertThat(peer("2001:db8::70").takes(server)).isFalse();
    }

    @Test
    void nameRoleAndTime() {
        assertThat(new Selection(List.of(), List.of("pay.*"), Set.of(), 0, 9_999, null).takes(client))
                .isTrue();
        assertThat(new Selection(List.of(), List.of("pay.*"), Set.of(), 0, 9_999, null).takes(server))
                .isFalse();
        assertThat(new Selection(List.of(), List.of(), Set.of(), 0, 9_999, "server").takes(client))
                .isFalse();
        assertThat(new Selection(List.of(), List.of(), Set.of(), 0, 9_999, "server").takes(server))
                .isTrue();
        // it began at 1000 and failed at 1001
        assertThat(new Selection(List.of(), List.of(), Set.of(), 1001, 9_999, null).takes(client))
                .isTrue();
        assertThat(new Selection(List.of(), List.of(), Set.of(), 1002, 9_999, null).takes(client))
                .isFalse();
        assertThat(new Selection(List.of(), List.of(), Set.of(), 0, 1000, null).takes(client))
                .isTrue();
        assertThat(new Selection(List.of(), List.of(), Set.of(), 0, 999, null).takes(client))
                .isFalse();
    }

    @Test
    void aCauseIsOfAFailureAlone() {
        Finding internal =
                new Finding(Catalogue.of("internal").orElseThrow(), Confidence.CERTAIN, "s", List.of(), List.of());
        Selection wanted = new Selection(List.of(), List.of(), Set.of("internal"), 0, 9_999, null);
        assertThat(wanted.takes(client, internal)).isTrue();
        assertThat(wanted.takes(client, null)).isFalse();
        assertThat(new Selection(List.of(), List.of(), Set.of("weak-dh"), 0, 9_999, null).takes(client, internal))
                .isFalse();
        assertThat(Selection.ALL.takes(client, null)).isTrue();
    }

    private static Selection peer(String peer) {
        return new Selection(List.of(peer), List.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, null);
    }

    private static Handshake handshake(String role, String peer, @org.jspecify.annotations.Nullable String host) {
        List<Handshake> one = new ArrayList<>();
        Handshakes read = new Handshakes(Path.of("a.pcapng"), one::add);
        Event connection =
                new Event(EventType.CONNECTION, 1, 1000).put(Field.ROLE, role).put(Field.PEER, peer);
        if (host != null) {
            connection.put(Field.PEER_HOST, host);
        }
        read.accept(connection);
        read.accept(new Event(EventType.FAILURE, 1, 1001).put(Field.DIRECTION, "out"));
        read.end();
        return one.get(0);
    }
}
