package dev.tlscope.capture;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;

/** Real records: two SSLEngines that shake hands, exchange a byte and close. */
final class TlsSession {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private TlsSession() {}

    record Sent(boolean byClient, ByteBuffer record) {}

    /** An SSLContext with a new self-signed key that it trusts. */
    static SSLContext context(Path directory) throws Exception {
        Path store = directory.resolve("key.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        keytool.waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(keys, PASSWORD);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
        trustManagers.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    static List<Sent> run(SSLContext context, String protocol) throws Exception {
        SSLEngine client = context.createSSLEngine("localhost", 443);
        SSLEngine server = context.createSSLEngine();
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        client.setEnabledProtocols(new String[] {protocol});
        List<Sent> sent = new ArrayList<>();
        client.beginHandshake();
        server.beginHandshake();
        while (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            transfer(client, server, true, 0, sent);
            transfer(server, client, false, 0, sent);
        }
        transfer(client, server, true, 100, sent);
        client.closeOutbound();
        transfer(client, server, true, 0, sent);
        return sent;
    }

    private static void transfer(SSLEngine from, SSLEngine to, boolean byClient, int length, List<Sent> sent)
            throws Exception {
        ByteBuffer data = ByteBuffer.allocate(length);
        ByteBuffer wire = ByteBuffer.allocate(40_000);
        do {
            runTasks(from);
            if (from.wrap(data, wire).bytesProduced() == 0) {
                break;
            }
        } while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
        wire.flip();
        byte[] bytes = Arrays.copyOf(wire.array(), wire.limit());
        for (int at = 0; at < bytes.length; ) {
            int end = at + 5 + (wire.getShort(at + 3) & 0xffff);
            sent.add(new Sent(byClient, ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end))));
            at = end;
        }
        ByteBuffer received = ByteBuffer.allocate(40_000);
        while (wire.hasRemaining()) {
            to.unwrap(wire, received);
            runTasks(to);
        }
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
