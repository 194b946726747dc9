package dev.tlscope.capture;

import static dev.tlscope.capture.Captures.closed;
import static dev.tlscope.capture.Captures.connection;
import static dev.tlscope.capture.Captures.record;
import static dev.tlscope.capture.Captures.secret;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    @TempDir
    Path directory;

    Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("capture.pcapng");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeWithEveryFieldComesBack(EventType type) throws IOException {
        Event event = new Event(type, 7, 1_700_000_000_123_456_789L);
        for (Field field : Field.values()) {
            switch (field.kind()) {
                case TEXT -> event.put(field, "Grüße " + field);
                case NUMBER -> event.put(field, Long.MIN_VALUE + field.code());
                case BYTES -> {
                    if (field != Field.BYTES) {
                        event.put(field, new byte[] {1, 2, 3}).put(field, new byte[0]);
                    }
                }
            }
        }
        event.put(Field.BYTES, new byte[] {22, 3, 3, 0, 1, 0});
        assertComesBack(event);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64_999, 65_000, 65_001, 130_000, 1_000_000})
    void recordsOfAnyLengthComeBackOverIpv4AndIpv6(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        assertComesBack(
                connection(1, "client", "10.0.0.1:5000", "10.0.0.2:443"),
                record(1, "out", bytes),
                record(1, "in", bytes),
                closed(1),
                connection(2, "server", "[2001:db8::1]:443", "[fe80::1%eth0]:5000"),
                record(2, "in", bytes),
                record(2, "out", bytes),
                closed(2));
    }

    @Test
    void secretsKeepTheirConnectionAndOtherFields() throws IOException {
        Event labelled = new Event(EventType.SECRET, 3, 99)
                .put(Field.THREAD, "main")
                .put(Field.LABEL, "CLIENT_RANDOM")
                .put(Field.CLIENT_RANDOM, Captures.RANDOM)
                .put(Field.BYTES, new byte[48]);
        assertComesBack(
                labelled, secret(4, "SERVER_TRAFFIC_SECRET_0", (byte) -1), secret(4, "TlsUpdateNplus1", (byte) 2));
        String content = new String(Captures.write(labelled), StandardCharsets.ISO_8859_1);
        assertThat(content).contains("CLIENT_RANDOM " + "0".repeat(64) + " " + "0".repeat(96) + "\n");
    }

    @Test
    void aFieldTooLongForABlockIsLeftOutAndNoted() throws IOException {
        Event event = new Event(EventType.MESSAGE, 1, 2)
                .put(Field.BYTES, new byte[Pcapng.MAX_BLOCK])
                .put(Field.DIRECTION, "in");
        Event tooLong = record(1, "out", new byte[Pcapng.MAX_BLOCK + 1]);
        Captures.Read read = Captures.read(file, Captures.write(event, tooLong));
        assertThat(read.ending().complete()).as(read.ending().toString()).isTrue();
        assertThat(read.events())
                .containsExactly(
                        "MESSAGE #1 @2 DIRECTION=in",
                        "NOTE #1 @2 NAME=too_long VALUE=BYTES of the MESSAGE before was left out",
                        "RECORD #1 @1001 DIRECTION=out BYTES=",
                        "NOTE #1 @1001 NAME=too_long VALUE=BYTES of the RECORD before was left out");
    }

    @Test
    void aCaptureOfNoEventIsComplete() throws IOException {
        assertComesBack();
    }

    private void assertComesBack(Event... events) throws IOException {
        byte[] capture = Captures.write(events);
        Captures.Read read = Captures.read(file, capture);
        assertThat(read.ending()).hasToString("complete, " + capture.length + " bytes");
        assertThat(read.events())
                .containsExactlyElementsOf(
                        Arrays.stream(events).map(Captures::text).toList());
    }
}
