package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.MessagePlaces;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the records that a message is reported in with the records decrypted by the captured secrets. */
class MessagePlacesTest {
    private static final int SMALL_PACKET = 600;

    @TempDir
    private Path directory;

    static Stream<Arguments> cells() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(0, SMALL_PACKET).map(size -> Arguments.of(jdk, size)));
    }

    @ParameterizedTest(name = "{0}, packets of {1} bytes")
    @MethodSource("cells")
    void itIsWhereItsBytesAre(Jdk jdk, int packetSize) throws Exception {
        List<Handshake> handshakes = capture(jdk, packetSize);

        int shared = 0;
        int spread = 0;
        for (Handshake handshake : handshakes) {
            MessagePlaces places = MessagePlaces.of(handshake);
            for (boolean sent : new boolean[] {true, false}) {
                Map<Event, List<Long>> expected = opened(handshake, sent);
                assertThat(expected).as(handshake.serverName()).isNotEmpty();
                for (Map.Entry<Event, List<Long>> message : expected.entrySet()) {
                    assertThat(places.records(message.getKey()))
                            .as("%s %s %s", handshake.serverName(), handshake.role(), message.getKey())
                            .isEqualTo(message.getValue());
                    spread += message.getValue().size() > 1 ? 1 : 0;
                }
                shared += (int) expected.values().stream().flatMap(List::stream).count()
                        - (int) expected.values().stream()
                                .flatMap(List::stream)
                                .distinct()
                                .count();
            }
        }
        assertThat(handshakes).hasSizeGreaterThan(20);
        assertThat(shared).as("messages beside others in one record").isPositive();
        if (packetSize > 0 && jdk.version() >= 9) {
            assertThat(spread).as("messages over several records").isPositive();
        }
    }

    private List<Handshake> capture(Jdk jdk, int packetSize) throws Exception {
        Bench bench = new Bench(directory);
        List<String> options = List.of(
                "-Djava.security.properties=" + bench.permissivePolicy(),
                bench.agent("secrets=on,keep=all,quiet=true"));
        try (ForkedJvm jvm = bench.program(
                jdk,
                options,
                "capture.KeyExchangeRun",
                "--pki",
                Bench.pki().toString(),
                "--packet-size",
                String.valueOf(packetSize))) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
        }
        List<Handshake> handshakes = new ArrayList<>();
        for (Path file : bench.captures()) {
            Handshakes builder = new Handshakes(file, handshakes::add);
            CaptureReader.read(file, builder);
            builder.end();
        }
        return handshakes;
    }

    /** Which decrypted records contain bytes of which message, up to the end of the handshake. */
    private static Map<Event, List<Long>> opened(Handshake handshake, boolean sent) {
        String direction = sent ? "out" : "in";
        IdentityHashMap<byte[], Long> numbers = new IdentityHashMap<>();
        List<Event> messages = new ArrayList<>();
        for (Event event : handshake.events()) {
            if (direction.equals(event.text(Field.DIRECTION))) {
                if (event.type() == EventType.RECORD) {
                    numbers.put(event.bytes(Field.BYTES), event.number(Field.RECORD_NUMBER, 0));
                } else if (event.type() == EventType.MESSAGE && event.number(Field.CONTENT_TYPE, 0) == 22) {
                    messages.add(event);
                }
            }
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<long[]> parts = new ArrayList<>();
        for (RecordCheck record : Verification.of(handshake).records()) {
            byte[] content = content(record);
            if (record.sent() == sent && content.length > 0) {
                long begin = stream.size();
                stream.writeBytes(content);
                parts.add(new long[] {begin, stream.size(), numbers.get(record.record())});
            }
        }
        IdentityHashMap<Event, List<Long>> carriers = new IdentityHashMap<>();
        byte[] all = stream.toByteArray();
        int at = 0;
        for (Event message : messages) {
            byte[] bytes = message.bytes(Field.BYTES);
            int end = at + bytes.length;
            if (end > all.length) {
                break; // after the handshake: its record is not captured
            }
            assertThat(HexFormat.of().formatHex(all, at, end))
                    .isEqualTo(HexFormat.of().formatHex(bytes));
            for (long[] part : parts) {
                if (part[0] < end && part[1] > at) {
                    carriers.computeIfAbsent(message, any -> new ArrayList<>()).add(part[2]);
                }
            }
            at = end;
        }
        return carriers;
    }

    private static byte[] content(RecordCheck record) {
        if (!record.isProtected() && record.type() == 22) {
            byte[] bytes = record.record();
            return Arrays.copyOfRange(bytes, 5, bytes.length);
        }
        return record.innerType() == 22 ? record.content() : new byte[0];
    }
}
