package dev.tlscope.analyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.compare.Difference;
import dev.tlscope.analyzer.model.Configurations;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.HandshakeBuilder;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A TLS 1.2 server whose master secret was derived from other messages than it received. */
class VerificationTest {
    private static final String RANDOM = "07".repeat(32);
    private static final String CLIENT_HELLO = "0100002f0303" + RANDOM + "00" + "0002c02f" + "0100" + "000400170000";
    private static final String SERVER_HELLO = "0200002c0303" + RANDOM + "00" + "c02f00" + "000400170000";
    private static final String CLIENT_KEY_EXCHANGE = "100000020101";
    private static final long FAILED = 10;

    @Test
    void whatIsDerivedBeforeAFailureMayBeItsCause() {
        Handshake server = handshake("server", "ab", FAILED - 1);

        assertThat(Verification.of(server).wrongDerivation())
                .map(Check::name)
                .hasValueSatisfying(name -> assertThat(name).startsWith("transcript hash"));
        assertThat(Verification.of(server).firstDifference())
                .hasValueSatisfying(first -> assertThat(first).doesNotContain("after the failure"));
        assertThat(comparison(server).meanings()).extracting(Difference::id).contains("diverged");
    }

    /** A delegated task threw on a message, and the application continued: JSSE hashed no further messages. */
    @Test
    void whatIsDerivedAfterAFailureIsNotItsCause() {
        Handshake server = handshake("server", "ab", FAILED + 1);

        assertThat(Verification.of(server).wrongDerivation()).isEmpty();
        assertThat(Verification.of(server).firstDifference())
                .hasValueSatisfying(
                        first -> assertThat(first).startsWith("transcript hash").endsWith(", after the failure"));
        assertThat(comparison(server).meanings()).isEmpty();
        assertThat(comparison(server).firstSecret()).isEmpty();
    }

    private static Comparison comparison(Handshake server) {
        return Comparison.of(new ConnectionPair(handshake("client", "cd", FAILED - 2), server));
    }

    /**
     * One end.
     *
     * @param master its master secret, in hex
     * @param derived when it derived that secret
     */
    private static Handshake handshake(String role, String master, long derived) {
        boolean client = role.equals("client");
        HandshakeBuilder builder = new HandshakeBuilder(1, 0, new Configurations());
        builder.add(new Event(EventType.CONNECTION, 1, 0).put(Field.ROLE, role));
        builder.add(message(client, CLIENT_HELLO));
        builder.add(message(!client, SERVER_HELLO));
        builder.add(message(client, CLIENT_KEY_EXCHANGE));
        Event secret = secret("master_secret", master, derived);
        builder.add(secret("premaster_secret", "01", derived));
        builder.add(client ? secret : secret.put(Field.TRANSCRIPT_HASH, new byte[32]));
        builder.add(new Event(EventType.FAILURE, 1, FAILED).put(Field.DIRECTION, client ? "in" : "out"));
        return builder.build(Path.of("none"));
    }

    private static Event secret(String label, String value, long time) {
        return new Event(EventType.SECRET, 1, time)
                .put(Field.LABEL, label)
                .put(Field.BYTES, HexFormat.of().parseHex(value));
    }

    private static Event message(boolean sent, String hex) {
        return new Event(EventType.MESSAGE, 1, 0)
                .put(Field.DIRECTION, sent ? "out" : "in")
                .put(Field.CONTENT_TYPE, ContentType.HANDSHAKE)
                .put(Field.BYTES, HexFormat.of().parseHex(hex));
    }
}
