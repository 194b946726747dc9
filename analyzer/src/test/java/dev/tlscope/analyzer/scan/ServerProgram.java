package dev.tlscope.analyzer.scan;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** openssl s_server or gnutls-serv on loopback; a test is skipped where it is not installed. */
final class ServerProgram implements AutoCloseable {
    private final Process process;
    private final int port;

    private ServerProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ServerProgram openssl(Path directory, List<String> options) throws IOException {
        int port = freePort();
        List<String> line = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-www"));
        line.addAll(options);
        return start(directory, line, port);
    }

    static ServerProgram gnutls(Path directory, String pem, String priority) throws IOException {
        int port = freePort();
        return start(
                directory,
                List.of(
                        "gnutls-serv",
                        "--http",
                        "--port",
                        "" + port,
                        "--x509certfile",
                        pem,
                        "--x509keyfile",
                        pem,
                        "--priority",
                        priority),
                port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static ServerProgram start(Path directory, List<String> line, int port) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, line.get(0) + " is not installed");
            throw e;
        }
        BufferedReader out = process.inputReader();
        String last = out.readLine();
        while (last != null && !last.contains("ACCEPT") && !last.contains("listening")) {
            last = out.readLine();
        }
        if (last == null) {
            throw new IOException(line + " has ended");
        }
        Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}));
        drain.setDaemon(true);
        drain.start();
        return new ServerProgram(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
