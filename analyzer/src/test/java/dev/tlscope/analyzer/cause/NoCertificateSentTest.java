package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A completed handshake in which a client had a key and sent an empty Certificate: the warning is given even if
 * completed handshakes are left out.
 */
class NoCertificateSentTest {
    private static final String JSSE = "sun.security.ssl.SunX509KeyManagerImpl";
    private static final byte[] EMPTY_12 = {11, 0, 0, 3, 0, 0, 0};
    private static final byte[] EMPTY_13 = {11, 0, 0, 4, 0, 0, 0, 0};

    private final List<Event> events = new ArrayList<>();
    private int passed;

    @Test
    void eachAliasIsNamedInBothVersions() {
        manager(JSSE, "mine");
        completed(1, "client", "TLSv1.2", EMPTY_12);
        assertThat(told()).singleElement().satisfies(finding -> {
            assertThat(finding.cause().id()).isEqualTo("client-certificate-missing");
            assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
            assertThat(finding.evidence()).extracting(fact -> fact.what()).contains("alias mine");
        });
        events.clear();
        manager(JSSE, "mine");
        completed(1, "client", "TLSv1.3", EMPTY_13);
        assertThat(told()).hasSize(1);
    }

    @Test
    void anApplicationsKeyManagerIsNamed() {
        manager("org.postgresql.ssl.LazyKeyManager", null);
        completed(1, "client", "TLSv1.2", EMPTY_12);
        assertThat(told())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("org.postgresql.ssl.LazyKeyManager"));
    }

    @Test
    void aClientWithoutAKeyIsNotWorthAWarning() {
        manager(JSSE, null);
        completed(1, "client", "TLSv1.2", EMPTY_12);
        assertThat(told()).isEmpty();
    }

    @Test
    void aCertificateThatWasSentIsNone() {
        manager(JSSE, "mine");
        completed(1, "client", "TLSv1.2", new byte[] {11, 0, 0, 7, 0, 0, 4, 0, 0, 1, 0});
        assertThat(told()).isEmpty();
        assertThat(passed).isEqualTo(1); // nobody had to read it
    }

    @Test
    void manyConnectionsToOneServerAreOneWarning() {
        manager(JSSE, "mine");
        for (int i = 1; i < 5; i++) {
            completed(i, "client", "TLSv1.2", EMPTY_12);
        }
        assertThat(told()).hasSize(1);
    }

    private void manager(String className, @Nullable String alias) {
        Event manager =
                new Event(EventType.MANAGER, 0, 1).put(Field.CONFIGURATION, 3).put(Field.KEY_MANAGER, className);
        if (alias != null) {
            manager.put(Field.ALIAS, alias);
        }
        events.add(manager);
        events.add(new Event(EventType.CONFIGURATION, 0, 1)
                .put(Field.CONFIGURATION, 1)
                .put(Field.KEY_MANAGER_NUMBER, 3));
    }

    private void completed(long connection, String role, String protocol, byte[] certificate) {
        events.add(new Event(EventType.CONNECTION, connection, 2)
                .put(Field.ROLE, role)
                .put(Field.TRANSPORT, "socket")
                .put(Field.PEER, "192.0.2.2:443"));
        events.add(new Event(EventType.MESSAGE, connection, 3)
                .put(Field.DIRECTION, "out")
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, certificate));
        events.add(new Event(EventType.HANDSHAKE, connection, 4)
                .put(Field.PROTOCOL, protocol)
                .put(Field.CONFIGURATION, 1));
    }

    private List<Finding> told() {
        Warnings own = new Warnings();
        passed = 0;
        Handshakes handshakes =
                Handshakes.unread(Path.of("a.pcapng"), unread -> own.completed(unread.get()), completed -> passed++);
        events.forEach(event -> handshakes.take(CapturedEvent.of(event)));
        handshakes.end();
        return own.of(Path.of("a.pcapng")).stream().map(Warning::finding).toList();
    }
}
