package dev.tlscope.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Causes whose peer is no TLS implementation at all, but a few bytes, a closed socket, or silence. */
class RawPeerTest {
    @TempDir
    private Path directory;

    /** What the other end does with an accepted connection, and how that is explained. */
    private enum Behaviour {
        PLAINTEXT("plaintext-peer", "looks like", "HTTP response") {
            @Override
            void serve(Socket socket) throws IOException {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                drain(socket);
            }
        },
        CLOSED("peer-closed", "received before", "nothing") {
            @Override
            void serve(Socket socket) throws IOException {
                socket.getInputStream().readNBytes(5);
                socket.shutdownOutput();
                drain(socket);
            }
        },
        RESET("connection-reset", "received before", "nothing") {
            @Override
            void serve(Socket socket) throws IOException {
                socket.getInputStream().readNBytes(5);
                socket.setSoLinger(true, 0); // close then resets
            }
        },
        SILENT("handshake-timeout", "received before", "nothing") {
            @Override
            void serve(Socket socket) throws IOException {
                drain(socket);
            }
        };

        private final String cause;
        private final String what;
        private final String value;

        Behaviour(String cause, String what, String value) {
            this.cause = cause;
            this.what = what;
            this.value = value;
        }

        abstract void serve(Socket socket) throws IOException;

        static void drain(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // until the client gives up
            }
        }
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    static Stream<Arguments> servers() {
        return jdks().flatMap(jdk -> Stream.of(Behaviour.values()).map(behaviour -> Arguments.of(jdk, behaviour)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("servers")
    void aClientsFailureIsNamed(Jdk jdk, Behaviour behaviour) throws Exception {
        Bench bench = new Bench(directory);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Jvm client = client(bench, jdk, listener.getLocalPort())) {
            listener.setSoTimeout(30_000);
            try (Socket socket = listener.accept()) {
                behaviour.serve(socket);
            } catch (IOException e) {
                // the client may reset in its turn
            }
            client.exitCode();
        }
        JsonNode failure = Explained.of(bench).only();
        assertThat(failure.get("cause").asText()).as(failure.toString()).isEqualTo(behaviour.cause);
        assertThat(failure.get("confidence").asText()).isEqualTo("certain");
        assertThat(Explained.value(failure, behaviour.what)).contains(behaviour.value);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aPlaintextClientIsNamed(Jdk jdk) throws Exception {
        for (String transport : List.of("socket", "engine")) {
            Bench bench = new Bench(Files.createDirectory(directory.resolve(transport)));
            try (Jvm server = bench.demo(
                    jdk,
                    List.of(bench.agent("quiet=true")),
                    "HandshakeServer",
                    "--pki",
                    Bench.pki().toString(),
                    "--transport",
                    transport,
                    "--connections",
                    "1")) {
                int port = Integer.parseInt(server.lineThatBegins("listening ").substring("listening ".length()));
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.getOutputStream()
                            .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    Behaviour.drain(socket);
                } catch (IOException e) {
                    // the server may reset
                }
                server.exitCode();
            }
            JsonNode failure = Explained.of(bench).only();
            assertThat(failure.get("cause").asText()).as(failure.toString()).isEqualTo("plaintext-client");
            assertThat(Explained.value(failure, "looks like")).isEqualTo("an HTTP request");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aPolicyThatLeavesNothingIsNamed(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        Path policy = Files.writeString(
                directory.resolve("strict.security"), "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, TLSv1.1, TLSv1.2\n");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Jvm client = client(
                        bench,
                        jdk,
                        listener.getLocalPort(),
                        "-Djava.security.properties=" + policy,
                        "-Djdk.tls.client.protocols=TLSv1.2")) {
            listener.setSoTimeout(30_000);
            client.exitCode();
        }
        JsonNode failure = Explained.of(bench).only();
        assertThat(failure.get("cause").asText()).as(failure.toString()).isEqualTo("protocol-disabled");
        assertThat(Explained.value(failure, "jdk.tls.disabledAlgorithms")).contains("TLSv1.2");
    }

    private static Jvm client(Bench bench, Jdk jdk, int port, String... options) {
        List<String> jvm = Stream.concat(Stream.of(options), Stream.of(bench.agent("quiet=true")))
                .toList();
        return bench.demo(
                jdk, jvm, "HandshakeClient", "--pki", Bench.pki().toString(), "--connect", "127.0.0.1:" + port);
    }
}
