package dev.tlscope.it.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Clients over OpenSSL: curl with and without keep-alive and HTTP/2, and s_client, which closes when its input ends or
 * when it is killed.
 */
final class ForeignCalls {
    private ForeignCalls() {}

    static void callAll(Calls calls, int port) throws Exception {
        String ca = calls.file("ca.pem");
        String url = "https://localhost:" + port + "/";
        curl(ca, "--http1.1", url, url);
        curl(ca, "--http1.1", "-H", "Connection: close", url);
        curl(ca, "--http2", url, url);
        curl(ca, "--http1.1", "--tls-max", "1.2", url);
        for (String protocol : new String[] {"-tls1_2", "-tls1_3"}) {
            for (boolean killed : new boolean[] {false, true}) {
                openssl(ca, port, protocol, killed);
            }
        }
    }

    private static void curl(String ca, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-S", "-4", "--cacert", ca));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] said = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + new String(said, StandardCharsets.UTF_8));
        }
    }

    private static void openssl(String ca, int port, String protocol, boolean killed) throws Exception {
        Process process = new ProcessBuilder(
                        "openssl", "s_client", "-quiet", "-CAfile", ca, "-connect", "localhost:" + port, protocol)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream out = process.getOutputStream()) {
            out.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            if (process.getInputStream().read() < 0) {
                throw new IOException("no answer to s_client");
            }
            if (killed) {
                process.destroyForcibly();
            }
        }
        process.destroy();
        process.waitFor();
    }
}
