package dev.tlscope.it.cause;

import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The causes of bad_record_mac: faults of the network between two JVMs, of one JVM's cryptography, and of its
 * application, each explained from one end's capture, from the other's, and from both. On each JDK six JVMs play all of
 * them: two with faults planted into the first, two with sound cryptography, and two that capture with tlscope's
 * default options.
 */
class CryptoCauseTest {
    private static final String SECRETS = "secrets=on,keep=all,records=all,quiet=true";
    private static final int AT_ONCE = 2;
    private static final String DEFAULTS = "quiet=true";
    private static final List<String[]> SUITES = List.of(
            new String[] {"TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"},
            new String[] {"TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
            new String[] {"TLSv1.3", "TLS_AES_128_GCM_SHA256"});

    private static final CauseCoverage COVERAGE = new CauseCoverage("CryptoCauseTest");

    @TempDir
    private Path directory;

    /** Pairs of JVMs are played and explained alternately: while one pair waits, another is explained. */
    @TestFactory
    Stream<DynamicNode> everyFaultIsNamed() {
        ExecutorService plays = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicNode> containers = Jdk.all().stream()
                .map(jdk -> DynamicContainer.dynamicContainer(jdk.toString(), tests(jdk, plays)))
                .map(DynamicNode.class::cast)
                .toList();
        plays.shutdown();
        return containers.stream();
    }

    @AfterAll
    static void coverageIsDocumented() throws IOException {
        COVERAGE.check();
    }

    private Stream<DynamicNode> tests(Jdk jdk, Executor plays) {
        List<CompletableFuture<List<DynamicNode>>> all = plays(jdk, directory.resolve("jdk-" + jdk.version())).stream()
                .map(play -> CompletableFuture.supplyAsync(() -> tests(play.played(), play.cells()), plays))
                .toList();
        return all.stream().flatMap(tests -> tests.join().stream());
    }

    /** Tests of all faults, each played by two JVMs whose captures go below the directory. */
    static List<Play> plays(Jdk jdk, Path directory) {
        // without it only the Finished depends on the hash, and not the keys
        List<String> noHashInKeys = List.of("-Djdk.tls.useExtendedMasterSecret=false");
        return List.of(
                new Play(jdk, directory.resolve("planted"), SECRETS, noHashInKeys, planted()),
                new Play(jdk, directory.resolve("sound"), SECRETS, List.of(), sound()),
                new Play(jdk, directory.resolve("unseen"), DEFAULTS, List.of(), unseen()));
    }

    /** A play of two JVMs. */
    record Play(Jdk jdk, Path directory, String agent, List<String> options, List<CryptoCell> cells) {
        /** Plays and explains it. */
        CryptoPlay played() {
            try {
                Files.createDirectories(directory);
                boolean planted =
                        cells.stream().anyMatch(cell -> !cell.fault().planted().isEmpty());
                List<String> first = planted
                        ? PlantedFault.options(jdk, Files.createDirectory(directory.resolve("classes")))
                        : List.of();
                return CryptoPlay.of(jdk, directory, agent, options, first, cells);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One test for a fault at one end, in one version over one transport, with all suites. */
    private static List<DynamicNode> tests(CryptoPlay play, List<CryptoCell> cells) {
        Map<String, List<CryptoCell>> groups = new LinkedHashMap<>();
        for (CryptoCell cell : cells) {
            String group = cell.fault().id() + " " + cell.protocol() + " " + cell.ends() + " " + cell.faulty();
            groups.computeIfAbsent(group, it -> new ArrayList<>()).add(cell);
        }
        List<DynamicNode> tests = new ArrayList<>();
        groups.forEach((name, group) -> tests.add(DynamicTest.dynamicTest(name, () -> check(play, group))));
        return tests;
    }

    private static void check(CryptoPlay play, List<CryptoCell> group) {
        List<CryptoFault.Told> told = new ArrayList<>();
        for (CryptoCell cell : group) {
            told.addAll(cell.fault().check(cell, play));
        }
        CryptoCell cell = group.get(0);
        for (CryptoFault.Told one : told) {
            String row = cell.fault().id() + " by the " + cell.faulty()
                    + (cell.ends().areMixed() ? (cell.isEngine(cell.other()) ? " to an engine" : " to a socket") : "")
                    + ", "
                    + one.from();
            COVERAGE.add(one.cause(), row, one.role(), cell.protocol(), cell.transport(one.role()), play.jdk());
        }
    }

    private static List<CryptoCell> sound() {
        List<CryptoFault> faults = new ArrayList<>(List.of(NetworkFault.values()));
        faults.addAll(List.of(HelloFault.values()));
        faults.addAll(List.of(MisuseFault.values()));
        return cells(faults);
    }

    private static List<CryptoCell> unseen() {
        List<CryptoFault> faults = new ArrayList<>();
        for (NetworkFault fault : NetworkFault.values()) {
            faults.add(new UnseenNetworkFault(fault));
        }
        return cells(faults);
    }

    private static List<CryptoCell> planted() {
        List<CryptoFault> faults = new ArrayList<>();
        for (PlantedFault fault : PlantedFault.values()) {
            faults.add(fault.isRefusal() ? new RefusingCryptoFault(fault) : new PlantedCryptoFault(fault));
        }
        // the class with the wrong tag is used for CBC and for TLS 1.3
        return cells(faults).stream()
                .filter(cell -> !cell.suite().equals(SUITES.get(1)[1]))
                // only the client verifies a signature here
                .filter(cell -> cell.byClient() || !cell.fault().planted().equals("REFUSED_SIGNATURE"))
                .toList();
    }

    private static List<CryptoCell> cells(List<CryptoFault> faults) {
        List<CryptoCell> cells = new ArrayList<>();
        for (CryptoFault fault : faults) {
            for (String[] suite : SUITES) {
                for (CryptoCell.Ends ends : fault.ends()) {
                    if (ends.areMixed() && suite[1].contains("_CBC_")) {
                        continue; // one suite per version, because these faults concern only the order of records
                    }
                    for (boolean byClient : new boolean[] {true, false}) {
                        cells.add(new CryptoCell(
                                "c" + cells.size() + ".cells.test", fault, suite[0], suite[1], ends, byClient));
                    }
                }
            }
        }
        return cells;
    }
}
