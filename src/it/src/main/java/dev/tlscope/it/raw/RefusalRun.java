package dev.tlscope.it.raw;

import dev.tlscope.demo.pki.PkiDirectory;
import java.nio.file.Paths;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code RefusalRun PKI-DIRECTORY [PATTERN]}: plays all cases, or those whose name and version match, over an SSLEngine
 * and an SSLSocket, and prints a tab-separated line for each.
 */
final class RefusalRun {
    private RefusalRun() {}

    public static void main(String[] line) throws Exception {
        RawPki pki = new RawPki(new PkiDirectory(Paths.get(line[0])));
        ExecutorService threads = Executors.newCachedThreadPool();
        for (RefusalCase one : all().all()) {
            for (TlsVersion version : one.versions()) {
                if (line.length == 1 || (one.name() + ' ' + version.jsse()).matches(line[1])) {
                    play(one, version, pki, threads);
                }
            }
        }
        threads.shutdown();
        System.out.println("done");
    }

    private static RefusalCases all() {
        RefusalCases cases = new RefusalCases();
        RecordCases.add(cases);
        AlertCases.add(cases);
        ClosingCases.add(cases);
        ClientHelloCases.add(cases);
        ClientExtensionCases.add(cases);
        KeyShareCases.add(cases);
        ClientKeyExchangeCases.add(cases);
        ClientCertificateCases.add(cases);
        ClientFlight12Cases.add(cases);
        RenegotiationCases.add(cases);
        ClientFlight13Cases.add(cases);
        ServerHelloCases.add(cases);
        RetryCases.add(cases);
        ServerKeyExchangeCases.add(cases);
        ServerFlight12Cases.add(cases);
        ServerFlight13Cases.add(cases);
        ProtectedRecordCases.add(cases);
        SessionRefusalCases.add(cases);
        return cases;
    }

    /**
     * Plays a case over a socket only if the engine refused it: otherwise a socket would wait for more until its
     * timeout.
     */
    private static void play(RefusalCase one, TlsVersion version, RawPki pki, ExecutorService threads)
            throws Exception {
        boolean refused;
        try (RefusalStage stage = new RefusalStage(one, version, true, pki, threads)) {
            refused = stage.play();
        }
        if (refused && one.isPlayedOverSockets()) {
            try (RefusalStage stage = new RefusalStage(one, version, false, pki, threads)) {
                stage.play();
            }
        }
    }
}
