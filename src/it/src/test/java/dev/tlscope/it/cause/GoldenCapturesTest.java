package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the golden captures for analyzer's unit tests from the cells; src/build/golden.sh runs it. */
@EnabledIfSystemProperty(named = "tlscope.golden", matches = "make")
class GoldenCapturesTest {
    private static final Path GOLDEN =
            Path.of("../../analyzer/src/test/resources/golden").toAbsolutePath().normalize();
    private static final int USUAL = 17;

    @TempDir
    private Path directory;

    /** All cells on one JDK, and on two others the cells over sockets whose findings differ there. */
    @Test
    void cells() throws IOException {
        Map<String, String> usual = Map.of();
        for (int version : List.of(USUAL, 8, 25)) {
            Jdk jdk = jdk(version);
            Bench bench = new Bench(Files.createDirectory(directory.resolve("cells-" + version)));
            Function<Handshake, @Nullable String> labels = labels(CauseMatrixTest.playAll(bench, jdk));
            Map<String, String> shapes = shapes(bench.captures(), labels);
            Map<String, String> known = usual;
            make("cells-" + version, jdk, bench.captures(), handshake -> {
                String label = labels.apply(handshake);
                boolean other = isSocket(handshake)
                        && !String.valueOf(shapes.get(label)).equals(known.get(label));
                return version == USUAL || other ? label : null;
            });
            usual = version == USUAL ? shapes : usual;
        }
    }

    @Test
    void foreignPeers() throws IOException {
        Jdk jdk = jdk(USUAL);
        Bench bench = new Bench(Files.createDirectory(directory.resolve("foreign")));
        Function<Handshake, @Nullable String> labels = labels(OpenSslCauseTest.playAll(bench, jdk));
        make("foreign", jdk, bench.captures(), handshake -> isSocket(handshake) ? labels.apply(handshake) : null);
    }

    @Test
    void faultyCryptographyAndNetworks() throws IOException {
        Jdk jdk = jdk(USUAL);
        for (CryptoCauseTest.Play play : CryptoCauseTest.plays(jdk, directory.resolve("crypto"))) {
            play.played();
            Map<String, String> labels = new HashMap<>();
            play.cells().stream().filter(GoldenCapturesTest::isKept).forEach(cell -> {
                String ends = " " + cell.transport("client") + " to " + cell.transport("server");
                labels.put(cell.name(), cell.fault().id() + " by the " + cell.faulty() + "\t" + cell.suite() + ends);
            });
            make(
                    "crypto-" + play.directory().getFileName(),
                    jdk,
                    captures(play.directory()),
                    handshake -> labels.get(String.valueOf(handshake.serverName())));
        }
    }

    /** Every suite, full and resumed, with secrets and all records. */
    @Test
    void suites() throws IOException {
        Jdk jdk = jdk(USUAL);
        Bench bench = new Bench(Files.createDirectory(directory.resolve("suites")));
        List<String> options = List.of(
                "-Djava.security.properties=" + bench.permissivePolicy(),
                bench.agent("secrets=on,keep=all,records=all,quiet=true"));
        try (ForkedJvm jvm = bench.program(
                jdk, options, "capture.KeyCells", "--pki", Bench.pki().toString())) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
        }
        make("suites", jdk, bench.captures(), handshake -> {
            boolean resumed = handshake.events().stream()
                    .anyMatch(event -> event.type() == EventType.HANDSHAKE && event.flag(Field.RESUMED));
            String suite = handshake.protocol() + " " + handshake.cipherSuite();
            boolean kept = isSocket(handshake) || "TLSv1.3".equals(handshake.protocol());
            return kept ? suite + "\t" + handshake.transport() + (resumed ? " resumed" : " full") : null;
        });
    }

    private static boolean isSocket(Handshake handshake) {
        return "socket".equals(handshake.transport());
    }

    /**
     * Many faults of CryptoCauseTest need a long transfer. Of these only one direction and one kind of ends is kept,
     * the suite with a MAC if bytes are altered, and only TLS 1.3 for faults of the application.
     */
    private static boolean isKept(CryptoCell cell) {
        boolean planted = !cell.fault().planted().isEmpty();
        boolean altered = cell.fault().id().startsWith("flip");
        boolean suite = cell.isTls13()
                || altered
                || (cell.fault().needsNetwork() && !cell.suite().contains("_CBC_"));
        return planted || (cell.byClient() && cell.ends() == cell.fault().ends().get(0) && suite);
    }

    private void make(String name, Jdk jdk, List<Path> captures, Function<Handshake, @Nullable String> label)
            throws IOException {
        Files.createDirectories(GOLDEN);
        Map<String, String> replaced = new LinkedHashMap<>();
        replaced.put(jdk.home().toString(), "/usr/lib/jvm/java-" + jdk.version() + "-openjdk-amd64");
        replaced.put(directory.toString(), "/var/tmp/golden");
        replaced.put(Path.of("").toAbsolutePath().toString(), "/var/tmp/golden");
        try (GoldenCaptureWriter golden = new GoldenCaptureWriter(GOLDEN, name, replaced)) {
            for (Path capture : captures) {
                golden.add(capture, label);
            }
        }
    }

    /** The findings of a label's failures, which several JDKs may share. */
    private static Map<String, String> shapes(List<Path> captures, Function<Handshake, @Nullable String> labels)
            throws IOException {
        Map<String, Map<String, String>> shapes = new HashMap<>();
        for (Path capture : captures) {
            Handshakes handshakes = new Handshakes(capture, handshake -> {
                String label = labels.apply(handshake);
                if (label != null) {
                    shapes.computeIfAbsent(label, any -> new TreeMap<>()).put(handshake.role(), shape(handshake));
                }
            });
            CaptureReader.read(capture, handshakes);
            handshakes.end();
        }
        Map<String, String> all = new HashMap<>();
        shapes.forEach((label, byRole) -> all.put(label, byRole.toString()));
        return all;
    }

    private static String shape(Handshake handshake) {
        if (!handshake.failed()) {
            return "";
        }
        Finding finding = Causes.of(handshake);
        return finding.cause().id() + " " + finding.confidence() + " "
                + finding.evidence().stream().map(Evidence::what).toList();
    }

    private static List<Path> captures(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
    }

    /** The labels, from the lines that the cells' JVM printed. */
    private static Function<Handshake, @Nullable String> labels(String out) {
        Map<String, String> labels = new HashMap<>();
        out.lines().filter(line -> line.startsWith("cell\t")).forEach(line -> {
            String[] part = line.split("\t", -1);
            String label = part[3] + "\t" + part[4] + " " + part[5];
            labels.put(part[1], label);
            labels.put(part[2], label);
        });
        return handshake -> {
            String asked = String.valueOf(handshake.serverName());
            String listener = String.valueOf(handshake.isClient() ? handshake.peer() : handshake.local());
            return labels.get(
                    asked.endsWith(".cells.test") ? asked : listener.substring(listener.lastIndexOf(':') + 1));
        };
    }

    private static Jdk jdk(int version) {
        return Jdk.all().stream()
                .filter(jdk -> jdk.version() == version)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JDK " + version + " is missing: set TLSCOPE_JDKS"));
    }
}
