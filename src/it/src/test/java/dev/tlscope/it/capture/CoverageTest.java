package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The coverage matrix: compares each connection as tlscope captured it in the client and in the server, and as tshark
 * reads either capture. Messages must agree in type, order and bytes, and secrets must be equal.
 */
class CoverageTest {
    /** tshark is right: JSSE sends its last flight again (RFC 6347, 4.2.4). */
    private static final String SENT_AGAIN = "New fragment overlaps old data (retransmission?)";

    private static final CoverageTable TABLE = new CoverageTable();

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicNode> allObserversSeeTheSame() {
        return Jdk.all().stream().map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk)));
    }

    @AfterAll
    static void coverageIsDocumented() throws IOException {
        TABLE.check();
    }

    private Stream<DynamicNode> tests(Jdk jdk) {
        Bench bench = new Bench(directory.resolve("jdk-" + jdk.version()));
        List<CoverageCell> cells;
        Map<String, TsharkStream> streams = new LinkedHashMap<>();
        try {
            Files.createDirectory(bench.directory());
            cells = play(bench, jdk);
            for (Path file : bench.captures()) {
                for (TsharkStream stream : TsharkStream.read(file)) {
                    streams.put(key(stream.messages(), stream.role()), stream);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<CapturedSide> sides = CapturedSide.all(bench);
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest(
                "no connection besides",
                () -> assertThat(sides)
                        .hasSize(2
                                * cells.stream()
                                        .filter(CoverageCell::played)
                                        .mapToInt(CoverageCell::connections)
                                        .sum())));
        for (CoverageCell cell : cells) {
            if (cell.played()) {
                tests.add(DynamicTest.dynamicTest(cell.toString(), () -> {
                    check(cell, sides, streams);
                    TABLE.add(cell, jdk, cell.isSealedToTshark() ? "clear" : "equal");
                }));
            } else {
                TABLE.add(cell, jdk, cell.lack());
            }
        }
        return tests.stream();
    }

    private static List<CoverageCell> play(Bench bench, Jdk jdk) {
        List<String> options = List.of(
                "-Djava.security.properties=" + bench.permissivePolicy(),
                bench.agent("secrets=on,keep=all,records=all,quiet=true"));
        try (ForkedJvm jvm =
                bench.program(jdk, options, "capture.CoverageRun", Bench.pki().toString())) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            List<String> lines = jvm.out().lines().toList();
            assertThat(lines).last().isEqualTo("done");
            return lines.subList(0, lines.size() - 1).stream()
                    .map(CoverageCell::parse)
                    .toList();
        }
    }

    private static String key(List<TlsMessage> messages, String role) {
        return CapturedSide.serverRandom(messages) + " " + role;
    }

    private static void check(CoverageCell cell, Collection<CapturedSide> sides, Map<String, TsharkStream> streams) {
        assertThat(cell.outcome()).isEqualTo("ok");
        List<CapturedSide> clients = of(cell, "client", sides);
        List<CapturedSide> servers = of(cell, "server", sides);
        assertThat(clients).hasSize(cell.connections());
        assertThat(servers).hasSize(cell.connections());
        assertThat(clients.stream().filter(CapturedSide::isResumed)).hasSize(cell.connections() - 1);
        for (CapturedSide client : clients) {
            CapturedSide server = servers.stream()
                    .filter(side -> side.serverRandom().equals(client.serverRandom()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no server of " + client.serverRandom()));
            assertThat(client.secrets()).isNotEmpty().isEqualTo(server.secrets());
            TlsMessage hello = CoverageHello.onTheWire(cell, client, server);
            for (boolean byClient : new boolean[] {true, false}) {
                String difference = TlsMessage.difference(
                        CapturedSide.sentBy(byClient, client.messages(hello)),
                        CapturedSide.sentBy(byClient, server.messages(hello)));
                assertThat(difference).as("client and server").isEmpty();
            }
            for (CapturedSide side : List.of(client, server)) {
                TsharkStream stream = streams.get(key(side.messages(), side.role()));
                assertThat(stream).as("what tshark sees of the " + side.role()).isNotNull();
                tshark(cell, side.messages(hello), side, stream);
            }
        }
    }

    private static void tshark(CoverageCell cell, List<TlsMessage> messages, CapturedSide side, TsharkStream stream) {
        if (cell.isSealedToTshark()) {
            assertThat(TlsMessage.difference(TlsMessage.clear(messages), TlsMessage.clear(stream.messages())))
                    .isEmpty();
            return;
        }
        assertThat(TlsMessage.difference(messages, stream.messages()))
                .as(side.role() + " and tshark")
                .isEmpty();
        decrypted(cell, stream);
        fields(cell, side, stream);
    }

    /** tshark read the application data of TLS, which is HTTP, with every key that was used. */
    private static void decrypted(CoverageCell cell, TsharkStream stream) {
        assertThat(stream.complaints()).allMatch(complaint -> cell.isDatagram() && complaint.equals(SENT_AGAIN));
        if (!cell.isDatagram()) {
            boolean sentOneMore =
                    cell.what().equals("corrupted") && stream.role().equals("client");
            assertThat(stream.requests()).isEqualTo(cell.exchanges() + (sentOneMore ? 1 : 0));
            assertThat(stream.responses()).isEqualTo(cell.exchanges());
        }
    }

    private static void fields(CoverageCell cell, CapturedSide side, TsharkStream stream) {
        Set<String> compared = new HashSet<>();
        for (int i = cell.what().equals("v2-hello") ? 1 : 0; i < side.decoded().size(); i++) {
            if (i == 0 && cell.isDatagram() && side.role().equals("server")) {
                continue;
            }
            assertThat(TsharkFields.difference(
                            side.decoded().get(i), stream.nodes().get(i), compared))
                    .isEmpty();
        }
        assertThat(compared).hasSizeGreaterThan(10);
    }

    private static List<CapturedSide> of(CoverageCell cell, String role, Collection<CapturedSide> sides) {
        return sides.stream()
                .filter(side -> side.host().equals(cell.id() + ".cell.test")
                        && side.role().equals(role))
                .toList();
    }
}
