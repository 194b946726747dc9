package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A completed connection that ended is not a failed handshake; one that was rejected or truncated is. */
class ConnectionEndingTest {
    private static final String EOF = "java.io.EOFException: SSL peer shut down incorrectly";
    private static final String RESET = "java.net.SocketException: Connection reset";
    private static final String HEADER = "java.base/sun.security.ssl.SSLSocketInputRecord.readHeader(X.java:1)";
    private static final String BODY = "java.base/sun.security.ssl.SSLSocketInputRecord.decodeInputRecord(X.java:1)";

    private String role = "server";
    private String stage = "established";
    private long readSequence = 5;

    @Test
    void theEndOfTheStreamBetweenTwoRecordsIsAnEnding() {
        Handshake ended = handshake(EOF, HEADER);
        assertThat(ended.failed()).isFalse();
        assertThat(ended.outcome()).isEqualTo("completed");
        assertThat(ended.result().ending()).isEqualTo(ConnectionEnding.CLOSED_WITHOUT_NOTIFY);
    }

    @Test
    void theEndOfTheStreamInARecordCutsDataOff() {
        assertThat(handshake(EOF, BODY).failed()).isTrue();
    }

    @Test
    void aResetIsAnEndingWhateverAlertJsseRaisedForIt() {
        assertThat(handshake(RESET, HEADER).result().ending()).isEqualTo(ConnectionEnding.RESET);
        assertThat(handshake("java.io.IOException: Broken pipe", HEADER)
                        .result()
                        .ending())
                .isEqualTo(ConnectionEnding.RESET);
    }

    @Test
    void ownClosesAreTold() {
        assertThat(handshake("java.net.SocketException: Socket closed", HEADER)
                        .result()
                        .ending())
                .isEqualTo(ConnectionEnding.CLOSED_HERE);
        assertThat(handshake(
                                "javax.net.ssl.SSLException: closing inbound before receiving peer's close_notify",
                                "java.base/sun.security.ssl.SSLSocketImpl.shutdownInput(X.java:1)")
                        .result()
                        .ending())
                .isEqualTo(ConnectionEnding.CLOSED_HERE);
    }

    @Test
    void anEnginesApplicationEndsItsInboundSideWhereTheStreamEnded() {
        String frame = "java.base/sun.security.ssl.SSLEngineImpl.closeInbound(X.java:1)";
        String words = "javax.net.ssl.SSLException: closing inbound before receiving peer's close_notify";
        assertThat(handshake(words, frame).result().ending()).isEqualTo(ConnectionEnding.CLOSED_WITHOUT_NOTIFY);
        role = "client";
        readSequence = 0;
        assertThat(handshake(words, frame).failed()).isTrue();
        String others = "org.example.Pool.closeInbound(X.java:1)";
        assertThat(handshake("java.lang.IllegalStateException: pool", others).failed())
                .isTrue();
    }

    @Test
    void anOwnCloseIsNoAnswerOfTheServers() {
        role = "client";
        readSequence = 0;
        assertThat(handshake("java.net.SocketException: Socket closed", HEADER)
                        .result()
                        .ending())
                .isEqualTo(ConnectionEnding.CLOSED_HERE);
    }

    @Test
    void aRenegotiationThatBreaksIsAFailedHandshake() {
        stage = "handshake";
        assertThat(handshake(EOF, HEADER).failed()).isTrue();
    }

    @Test
    void aTls13ClientThatWasNotAnsweredMayHaveBeenRefused() {
        role = "client";
        readSequence = 0;
        assertThat(handshake(RESET, HEADER).failed()).isTrue();
        role = "server";
        assertThat(handshake(RESET, HEADER).failed()).isFalse();
    }

    @Test
    void aRefusedRecordIsAFailure() {
        assertThat(handshake("javax.crypto.AEADBadTagException: Tag mismatch", BODY)
                        .failed())
                .isTrue();
    }

    private Handshake handshake(String exception, String frame) {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("x.pcapng"), found::add);
        handshakes.accept(new Event(EventType.CONNECTION, 1, 1).put(Field.ROLE, role));
        handshakes.accept(new Event(EventType.HANDSHAKE, 1, 2).put(Field.PROTOCOL, "TLSv1.3"));
        handshakes.accept(new Event(EventType.FAILURE, 1, 3)
                .put(Field.DIRECTION, "out")
                .put(Field.ALERT, 10)
                .put(Field.NEGOTIATED, 1)
                .put(Field.STAGE, stage)
                .put(Field.READ_SEQUENCE, readSequence)
                .put(Field.EXCEPTION, exception)
                .put(Field.FRAME, frame));
        handshakes.end();
        return found.get(0);
    }
}
