package dev.tlscope.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code connect} with servers of JSSE in this JVM; the JVM that connects is the real one, with the packaged agent. */
class ConnectTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    private final List<ServerSocket> servers = new ArrayList<>();

    @BeforeAll
    static void nameTheJar() {
        System.setProperty("tlscope.jar.self", Bench.TLSCOPE.toString());
    }

    @AfterAll
    static void forgetIt() {
        System.clearProperty("tlscope.jar.self");
    }

    @AfterEach
    void end() throws IOException {
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    @Test
    void showsHandshakeSessionAndChain() throws Exception {
        int port = serve("server-rsa", "TLSv1.3", false);

        Bench.Ran ran = connect(port, "--truststore", pki("ca.pem"), "--identify", "none");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("connected to 127.0.0.1 port " + port)
                .contains(
                        "client -> server  ClientHello",
                        "client <- server  Finished",
                        "completed  TLSv1.3  TLS_AES_256_GCM_SHA384")
                .contains("  0  ", "     issued by ");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void aFailureHasTheVerdictOfExplain() throws Exception {
        int port = serve("server-rsa", "TLSv1.2", false);

        Bench.Ran ran = connect(port, "--out", directory.resolve("kept").toString());

        assertThat(ran.out()).contains("fix: ", "anchor that would suffice: CN=tlscope demo root");
        assertThat(ran.exitCode()).isEqualTo(1);
        Bench.Ran explained = InProcessCommand.run(
                "explain", "--each", directory.resolve("kept").toString());
        assertThat(ran.out()).contains(explained.out().lines().skip(3).limit(4).toList());
    }

    /** In TLS 1.3 the client completes first (RFC 8446, 4.4.4). */
    @Test
    void aServerThatRefusesTheClientAfterItsFinishedIsAFailure() throws Exception {
        int port = serve("server-rsa", "TLSv1.3", true);

        Bench.Ran refused = connect(port, "--truststore", pki("trust.p12"), "--identify", "none");
        Bench.Ran taken =
                connect(port, "--truststore", pki("trust.p12"), "--keystore", pki("client.p12"), "--identify", "none");

        assertThat(refused.out()).contains("bad_certificate", "  fix: ");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(taken.exitCode()).as(taken.out()).isZero();
    }

    @Test
    void theOddOneOfSeveralConnectionsIsNamed() throws Exception {
        int port = serve(List.of("server-rsa", "server-rsa", "server-ec"), "TLSv1.3", false);

        Bench.Ran ran = connect(port, "--truststore", pki("ca.pem"), "--identify", "none", "--count", "3");

        assertThat(ran.out())
                .containsPattern("    2  127\\.0\\.0\\.1:" + port + "  completed  TLSv1\\.3")
                .containsPattern("    1  127\\.0\\.0\\.1:" + port + "  completed  TLSv1\\.3")
                .contains("differs from the others in: scheme, certificate", "The connections are of 2 kinds.");
    }

    /** The settings of a JVM that is not asked for anything, and the empty intersection. */
    @Test
    void aScanNamesWhatAJvmAndAServerDoNotHaveInCommon() throws Exception {
        int port = serve("server-rsa", "TLSv1.3", false);
        Bench bench = new Bench(directory);
        try (ForkedJvm service =
                bench.service(Jdk.current(), List.of("-Djdk.tls.client.protocols=TLSv1.2", "-Dother.property=x"))) {
            Bench.Ran ran = bench.cli(
                    Jdk.current(),
                    "connect",
                    "127.0.0.1:" + port,
                    "--scan",
                    "--format",
                    "json",
                    "--like",
                    "" + service.pid());

            JsonNode scan = new ObjectMapper().readTree(ran.out()).get("scan");
            assertThat(scan.get("nothingInCommon").asBoolean()).as(ran.err()).isTrue();
            assertThat(scan.get("summary").asText())
                    .isEqualTo("Nothing in common: the server takes TLSv1.3; the client offers none of them.");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(service.err()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsOneLine() throws Exception {
        int port = serve("server-rsa", "TLSv1.3", false);
        assertWrong(4, "refused the connection", "localhost:1");
        assertWrong(2, "is no HOST:PORT", "localhost");
        assertWrong(2, "--truststore: ", "localhost:1", "--truststore", "nowhere.pem");
        assertWrong(2, "no password fits", "localhost:1", "--keystore", hidden());
        assertWrong(1, "--protocols: this JDK has no TLSv9, but TLSv1.3", "127.0.0.1:" + port, "--protocols", "TLSv9");
        assertWrong(2, "has no bin/java", "localhost:1", "--jdk", directory.toString());
    }

    private static void assertWrong(int code, String words, String... arguments) {
        Bench.Ran ran = InProcessCommand.run("connect", arguments);
        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isEqualTo(code);
        assertThat(ran.err()).contains(words);
    }

    private static Bench.Ran connect(int port, String... options) {
        List<String> arguments = new ArrayList<>(List.of("127.0.0.1:" + port));
        arguments.addAll(Arrays.asList(options));
        return InProcessCommand.run("connect", arguments.toArray(new String[0]));
    }

    private static String pki(String name) {
        return Bench.pki().resolve(name).toString();
    }

    /** A key store with a password that nobody gives. */
    private String hidden() throws Exception {
        KeyStore store = load("client");
        Path file = directory.resolve("hidden.jks");
        KeyStore hidden = KeyStore.getInstance("JKS");
        hidden.load(null, null);
        String alias = store.aliases().nextElement();
        hidden.setKeyEntry(
                alias,
                store.getKey(alias, PASSWORD.toCharArray()),
                "hidden".toCharArray(),
                store.getCertificateChain(alias));
        try (OutputStream out = Files.newOutputStream(file)) {
            hidden.store(out, "hidden".toCharArray());
        }
        return file.toString();
    }

    private int serve(String identity, String protocol, boolean clientAuth) throws Exception {
        return serve(List.of(identity), protocol, clientAuth);
    }

    /** Serves the connections in turn with these identities. */
    private int serve(List<String> identities, String protocol, boolean clientAuth) throws Exception {
        List<SSLContext> contexts = new ArrayList<>();
        for (String identity : identities) {
            contexts.add(context(identity));
        }
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        servers.add(server);
        Thread thread = new Thread(() -> accept(server, contexts, protocol, clientAuth));
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private static void accept(ServerSocket server, List<SSLContext> contexts, String protocol, boolean clientAuth) {
        for (int turn = 0; !server.isClosed(); turn++) {
            SSLContext context = contexts.get(turn % contexts.size());
            try (Socket accepted = server.accept();
                    SSLSocket tls = (SSLSocket)
                            context.getSocketFactory().createSocket(accepted, null, accepted.getPort(), true)) {
                tls.setUseClientMode(false);
                tls.setEnabledProtocols(new String[] {protocol});
                tls.setNeedClientAuth(clientAuth);
                tls.startHandshake();
                tls.getInputStream().read();
            } catch (IOException e) {
                // some handshakes are meant to fail
            }
        }
    }

    private static SSLContext context(String identity) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(identity), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load("trust"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Bench.pki().resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
