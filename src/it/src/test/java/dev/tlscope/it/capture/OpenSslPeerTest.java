package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.InProcessCommand;
import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares one connection in tlscope's capture and in OpenSSL's output at the other end: all secrets and the bytes of
 * all messages.
 */
class OpenSslPeerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static final String RSA = "RSA ";
    private static final TlsMessage CLIENT_CLOSES = new TlsMessage(true, TlsMessage.ALERT, "0100");

    @TempDir
    private Path directory;

    /** A version and suite by JSSE's names and OpenSSL's option. */
    private record Family(String protocol, String suite, String option, String name) {
        boolean isKnown(Jdk jdk) {
            return jdk.version() >= 11 || !suite.contains("CHACHA20");
        }

        /** JDK 8's server, which lacks x25519 and so sends OpenSSL a HelloRetryRequest, accepts no PSK after it. */
        boolean isResumable(Jdk jdk) {
            return jdk.version() > 8 || !protocol.equals("TLSv1.3");
        }

        /** OpenSSL's server rejects an EC certificate ("wrong curve") from a client that offers no EC suite. */
        boolean takesClientCertificate() {
            return !(protocol.equals("TLSv1.2") && suite.startsWith("TLS_DHE_"));
        }
    }

    private static final List<Family> FAMILIES = List.of(
            new Family("TLSv1", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "-tls1", "ECDHE-RSA-AES256-SHA"),
            new Family("TLSv1.1", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "-tls1_1", "DHE-RSA-AES128-SHA"),
            new Family("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "-tls1_2", "ECDHE-RSA-AES128-GCM-SHA256"),
            new Family(
                    "TLSv1.2", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "-tls1_2", "ECDHE-RSA-CHACHA20-POLY1305"),
            new Family("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "-tls1_2", "ECDHE-RSA-AES256-SHA384"),
            new Family("TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "-tls1_2", "DHE-RSA-AES128-GCM-SHA256"),
            new Family("TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256", "-tls1_2", "AES128-GCM-SHA256"),
            new Family("TLSv1.2", "TLS_RSA_WITH_AES_256_CBC_SHA256", "-tls1_2", "AES256-SHA256"),
            new Family("TLSv1.3", "TLS_AES_128_GCM_SHA256", "-tls1_3", "TLS_AES_128_GCM_SHA256"),
            new Family("TLSv1.3", "TLS_AES_256_GCM_SHA384", "-tls1_3", "TLS_AES_256_GCM_SHA384"),
            new Family("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256", "-tls1_3", "TLS_CHACHA20_POLY1305_SHA256"));

    static Stream<Arguments> cells() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("socket", "engine").map(transport -> Arguments.of(jdk, transport)));
    }

    /** Each family in full and, with the session of that handshake, resumed by ticket or PSK. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void opensslCallsUs(Jdk jdk, String transport) throws Exception {
        Bench bench = new Bench(directory);
        Path keyLog = directory.resolve("openssl.keylog");
        List<Family> families =
                FAMILIES.stream().filter(family -> family.isKnown(jdk)).toList();
        Map<String, List<TlsMessage>> theirs = new HashMap<>();
        String[] arguments = {
            "--pki",
            Bench.pki().toString(),
            "--transport",
            transport,
            "--protocols",
            "TLSv1,TLSv1.1,TLSv1.2,TLSv1.3",
            "--client-auth",
            "want",
            "--connections",
            "" + 2 * families.size()
        };
        try (ForkedJvm server = bench.program(jdk, jvmOptions(bench), "peer.HandshakeServer", arguments)) {
            String port = server.lineThatBegins("listening ").substring("listening ".length());
            for (Family family : families) {
                Path session = directory.resolve(family.name() + family.option() + ".session");
                for (String way : List.of("-sess_out", "-sess_in")) {
                    theirs.putAll(call(family, port, keyLog, List.of(way, session.toString())));
                }
            }
            assertThat(server.exitCode()).as(server.err()).isZero();
            assertThat(server.out()).endsWith("served " + 2 * families.size() + " failed 0\n");
        }
        List<CapturedSide> ours = agree(bench, theirs, keyLog);
        assertThat(ours).hasSize(2 * families.size());
        long resumable =
                families.stream().filter(family -> family.isResumable(jdk)).count();
        assertThat(ours.stream().filter(CapturedSide::isResumed)).hasSize((int) resumable);
    }

    private Map<String, List<TlsMessage>> call(Family family, String port, Path keyLog, List<String> session)
            throws IOException, InterruptedException {
        String pki = Bench.pki().toString();
        List<String> command =
                new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port, "-msg", "-ign_eof"));
        command.addAll(List.of("-keylogfile", keyLog.toString(), family.option()));
        boolean tls13 = family.protocol().equals("TLSv1.3");
        command.addAll(List.of(tls13 ? "-ciphersuites" : "-cipher", family.name() + (tls13 ? "" : "@SECLEVEL=0")));
        command.addAll(List.of("-cert", pki + "/client-chain.pem", "-key", pki + "/client-key.pem"));
        command.addAll(List.of("-cert_chain", pki + "/client-chain.pem"));
        command.addAll(session);
        try (OpenSsl client = OpenSsl.start(directory, command)) {
            client.run(GET);
            return client.messages(true);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void weCallOpenssl(Jdk jdk, String transport) throws Exception {
        Bench bench = new Bench(directory);
        Path keyLog = directory.resolve("openssl.keylog");
        String pki = Bench.pki().toString();
        List<String> command = List.of(
                "s_server",
                "-accept",
                "0",
                "-www",
                "-msg",
                "-keylogfile",
                keyLog.toString(),
                "-cert",
                pki + "/server-rsa-chain.pem",
                "-cert_chain",
                pki + "/server-rsa-chain.pem",
                "-key",
                pki + "/server-rsa-key.pem",
                "-CAfile",
                pki + "/ca.pem",
                "-verify",
                "3",
                "-cipher",
                "ALL@SECLEVEL=0");
        List<Family> families = FAMILIES.stream()
                .filter(family -> family.isKnown(jdk) && family.takesClientCertificate())
                .toList();
        try (OpenSsl server = OpenSsl.start(directory, command)) {
            int port = server.port();
            List<String> calls = new ArrayList<>(List.of(pki, "" + port));
            families.forEach(family -> calls.add(transport + "/" + family.protocol() + "/" + family.suite()));
            try (ForkedJvm client =
                    bench.program(jdk, jvmOptions(bench), "peer.PeerCalls", calls.toArray(new String[0]))) {
                assertThat(client.exitCode()).as(client.err()).isZero();
                assertThat(client.out().lines())
                        .containsExactlyElementsOf(families.stream()
                                .map(family -> "ok " + family.protocol() + " " + family.suite())
                                .toList());
            }
            afterAll(port);
            assertThat(agree(bench, server.messages(false), keyLog)).hasSize(families.size());
        }
    }

    private static List<String> jvmOptions(Bench bench) {
        return List.of(
                "-Djava.security.properties=" + bench.permissivePolicy(),
                bench.agent("secrets=on,keep=all,quiet=true"));
    }

    /**
     * Waits for the server, which serves one connection after the other: when it has refused this one, all previous
     * ones are done.
     */
    private static void afterAll(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(GET.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // until it closes
            }
        }
    }

    private static List<CapturedSide> agree(Bench bench, Map<String, List<TlsMessage>> theirs, Path keyLog)
            throws IOException {
        List<CapturedSide> ours = CapturedSide.all(bench);
        for (CapturedSide side : ours) {
            String random = OpenSsl.clientRandom(side.messages().get(0));
            List<TlsMessage> messages = side.messages().stream()
                    .filter(message -> message.contentType() != TlsMessage.CHANGE_CIPHER_SPEC)
                    .toList();
            assertThat(theirs).as(side.handshake().get("cipherSuite").asText()).containsKey(random);
            for (boolean byClient : new boolean[] {true, false}) {
                String difference = TlsMessage.difference(
                        CapturedSide.sentBy(byClient, read(messages, theirs.get(random))),
                        CapturedSide.sentBy(byClient, messages));
                assertThat(difference)
                        .as(side.handshake().get("cipherSuite").asText())
                        .isEmpty();
            }
        }
        Bench.Ran exported =
                InProcessCommand.run("export", "--to", "keylog", bench.out().toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        // including EXPORTER_SECRET, which is computed from the main secret up to JDK 21
        Set<String> secrets = new TreeSet<>(exported.out().lines().toList());
        Set<String> logged = OpenSsl.keyLog(keyLog);
        for (String line : List.copyOf(logged)) {
            if (line.startsWith(RSA)) {
                // the old label of NSS: the beginning of the encrypted pre-master secret, and the secret itself
                String premaster = line.substring(line.lastIndexOf(' ') + 1);
                assertThat(ours)
                        .anyMatch(side -> side.secrets()
                                .getOrDefault("premaster_secret of ", Set.of())
                                .contains(premaster));
                logged.remove(line);
            }
        }
        assertThat(difference(secrets, logged))
                .as("secrets that openssl has not")
                .isEmpty();
        assertThat(difference(logged, secrets))
                .as("secrets that openssl alone has")
                .isEmpty();
        return ours;
    }

    private static Set<String> difference(Set<String> of, Set<String> without) {
        Set<String> rest = new TreeSet<>(of);
        rest.removeAll(without);
        return rest;
    }

    /** Removes a last close_notify that came after this side had closed, which JSSE does not read. */
    private static List<TlsMessage> read(List<TlsMessage> ours, List<TlsMessage> theirs) {
        TlsMessage last = theirs.get(theirs.size() - 1);
        return last.equals(CLIENT_CLOSES) && !ours.contains(last) ? theirs.subList(0, theirs.size() - 1) : theirs;
    }
}
