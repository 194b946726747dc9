package dev.tlscope.it.cells;

import static dev.tlscope.it.cells.ForeignProgram.with;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SNIHostName;

/**
 * {@code ForeignCells DIRECTORY}: plays the cells whose other end is OpenSSL or GnuTLS, and prints like {@link
 * CauseCells}. The directory receives their keys and certificates.
 */
final class ForeignCells {
    private static final String ELSEWHERE = "elsewhere.example";

    private final CellTable cells = new CellTable();
    private final CellPki pki;
    private final PemFiles.Pair good;
    private final PemFiles.Pair strange;
    private final String root;

    private ForeignCells(Path directory) throws Exception {
        pki = new CellPki();
        PemFiles files = new PemFiles(directory);
        // RSA, because GnuTLS cannot read the EC keys that Java writes
        good = files.write("good", pki.rsa);
        strange = files.write(
                "strange", CellPki.server(pki.stranger).key(pki.rsaKeys).issued());
        root = files.write("root", pki.anchor());
    }

    public static void main(String[] line) throws Exception {
        ForeignCells foreign = new ForeignCells(Paths.get(line[0]));
        for (ForeignProgram program : ForeignProgram.values()) {
            for (String version : CellTable.BOTH) {
                foreign.clients(program, version);
                foreign.servers(program, version);
            }
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        for (HandshakeCell cell : foreign.cells.all()) {
            System.out.println(cell.play(threads));
        }
        threads.shutdown();
        System.out.println("done");
    }

    private void clients(ForeignProgram program, String version) throws Exception {
        String other = version.equals(CellTable.TLS13) ? CellTable.TLS12 : CellTable.TLS13;
        client(
                program,
                "refuses-certificate",
                version,
                () -> JsseParty.server().shows(CellPki.server(pki.stranger).issued()));
        client(program, "version", version, () -> pki.goodServer().protocols(other));
        client(program, "without-certificate", version, () -> pki.goodServer().needsClientCertificate());
        client(
                program,
                "name",
                version,
                () -> pki.goodServer()
                        .with(parameters -> parameters.setSNIMatchers(
                                Collections.singletonList(SNIHostName.createSNIMatcher("elsewhere\\.example")))));
        client(
                program,
                "alpn",
                version,
                () -> pki.goodServer().with(parameters -> ListCells.alpn(parameters, "http/1.1")),
                program.alpn("h2", false));
        client(
                program,
                "suite",
                version,
                () -> pki.goodServer().shows(pki.rsa).suites(otherSuite(version)),
                program.suite(version));
        client(
                program,
                "strange-certificate",
                version,
                () -> pki.goodServer().needsClientCertificate(),
                program.showing(strange));
    }

    private void servers(ForeignProgram program, String version) throws Exception {
        String other = version.equals(CellTable.TLS13) ? CellTable.TLS12 : CellTable.TLS13;
        server(program, "strange-certificate", version, strange, pki::goodClient);
        server(program, "version", version, good, () -> pki.goodClient().protocols(other));
        server(program, "needs-certificate", version, good, pki::goodClient, program.needingClientCertificate(root));
        server(
                program,
                "refuses-certificate",
                version,
                good,
                () -> pki.goodClient()
                        .keys(new FixedKeyManager(CellPki.client(pki.stranger).issued())),
                program.needingClientCertificate(root));
        server(
                program,
                "alpn",
                version,
                good,
                () -> pki.goodClient().with(parameters -> ListCells.alpn(parameters, "h2")),
                program.alpn("http/1.1", true));
        server(program, "name", version, good, pki::goodClient, program.onlyNamed(ELSEWHERE, good));
        server(
                program,
                "suite",
                version,
                good,
                () -> pki.goodClient().suites(otherSuite(version)),
                program.suite(version));
    }

    /** A client of that program and a server in this JVM. */
    private void client(
            ForeignProgram program, String what, String version, CellTable.PartyFactory server, String... options)
            throws Exception {
        cells.add(
                family(program, "client", what),
                version,
                server,
                () -> ForeignParty.client((port, name) -> with(program.client(port, name, version, root), options)));
    }

    private void server(
            ForeignProgram program,
            String what,
            String version,
            PemFiles.Pair shown,
            CellTable.PartyFactory client,
            String... options)
            throws Exception {
        cells.add(
                family(program, "server", what),
                version,
                () -> ForeignParty.server((port, name) -> with(program.server(port, version, shown), options)),
                client);
    }

    private static String family(ForeignProgram program, String role, String what) {
        return program.name().toLowerCase(Locale.ROOT) + "-" + role + "-" + what;
    }

    /** Any suite other than that of {@link ForeignProgram#suite}. */
    private static String otherSuite(String version) {
        return version.equals(CellTable.TLS13) ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    }
}
