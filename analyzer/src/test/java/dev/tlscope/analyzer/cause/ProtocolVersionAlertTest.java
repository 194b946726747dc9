package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The alert protocol_version, received by clients that have a ServerHello and by those that have none. */
class ProtocolVersionAlertTest {
    private static final Path CELLS = Path.of("src/test/resources/golden/cells-17.pcapng.gz");
    private static final int PROTOCOL_VERSION = 70;

    private final Set<String> beforeTheHello = new TreeSet<>();
    private final Set<String> afterTheHello = new TreeSet<>();

    @Test
    void itIsAboutTheVersionOnlyBeforeTheServerHasSelectedOne() {
        for (List<Event> events : SuiteCaptures.byConnection(CELLS).values()) {
            for (Handshake handshake :
                    SuiteCaptures.handshakes(CELLS, AlteredEvents.withReceivedAlert(events, PROTOCOL_VERSION))) {
                if (handshake.failed()
                        && handshake.isClient()
                        && handshake.clientHello().isPresent()) {
                    (handshake.serverHello().isPresent() ? afterTheHello : beforeTheHello)
                            .add(Causes.of(handshake).cause().id());
                }
            }
        }
        assertThat(beforeTheHello).contains("no-common-protocol");
        assertThat(afterTheHello).isNotEmpty().doesNotContain("no-common-protocol");
    }
}
