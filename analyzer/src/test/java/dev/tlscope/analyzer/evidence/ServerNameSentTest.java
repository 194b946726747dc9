package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why JSSE sends no server_name, by the rules of sun.security.ssl.Utilities.rawToSNIHostName and javax.net.ssl.SNIHostName. */
class ServerNameSentTest {
    @ParameterizedTest
    @CsvSource({
        "my_app.example.test, underscore, alias in DNS",
        "192.0.2.7, is an address, server's name instead",
        "2001:db8::1, is an address, server's name instead",
        "intranet, without a dot inside, full name",
        "app.example.test., dot at its end, Leave out the dot",
        "app$.example.test, not a host name by the rules, alias in DNS",
        "app.example.test, empty list of server names, setServerNames",
    })
    void theHostsOwnReasonIsReported(String host, String reason, String fix) {
        Handshake handshake = client(host, "socket", null);
        assertThat(ServerNameSent.describe(handshake)).startsWith("none (").contains(host, reason);
        assertThat(ServerNameSent.fix(handshake)).contains(fix);
    }

    @Test
    void theSwitchComesBeforeTheHost() {
        Handshake handshake = client("app.example.test", "socket", "false");
        assertThat(ServerNameSent.describe(handshake)).contains("-Djsse.enableSNIExtension=false");
        assertThat(ServerNameSent.fix(handshake)).contains("-Djsse.enableSNIExtension=false");
        assertThat(ServerNameSent.describe(client("app.example.test", "socket", "true")))
                .doesNotContain("jsse.enableSNIExtension");
    }

    @Test
    void withoutAHostEngineAndSocketDiffer() {
        assertThat(ServerNameSent.fix(client(null, "engine", null))).contains("createSSLEngine(host, port)");
        assertThat(ServerNameSent.fix(client(null, "socket", null))).contains("createSocket(socket, host");
    }

    private static Handshake client(@Nullable String host, String transport, @Nullable String enabled) {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("a.pcapng"), found::add);
        Event environment = new Event(EventType.ENVIRONMENT, 0, 1).put(Field.CONFIGURATION, 2);
        if (enabled != null) {
            environment.put(Field.NAME, "-Djsse.enableSNIExtension").put(Field.VALUE, enabled);
        }
        handshakes.accept(environment);
        handshakes.accept(new Event(EventType.CONFIGURATION, 0, 1)
                .put(Field.CONFIGURATION, 1)
                .put(Field.ENVIRONMENT, 2));
        handshakes.accept(new Event(EventType.CONNECTION, 1, 2)
                .put(Field.ROLE, "client")
                .put(Field.TRANSPORT, transport)
                .put(Field.PEER_HOST, host));
        handshakes.accept(new Event(EventType.FAILURE, 1, 3)
                .put(Field.DIRECTION, "in")
                .put(Field.ALERT, 112)
                .put(Field.CONFIGURATION, 1));
        handshakes.end();
        return found.get(0);
    }
}
