package dev.tlscope.capture;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/** Real records: two SSLEngines that perform a handshake, exchange a byte and close. */
final class TlsSession {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A limit, so that a mistake does not make the test hang; a handshake takes fewer than half of the rounds. */
    private static final int MAX_ROUNDS = 20;

    private TlsSession() {}

    record Sent(boolean byClient, ByteBuffer record) {}

    record PlayedSession(List<Sent> sent, SSLSession session) {
        /** The ClientHello's random, after the headers of record and message and legacy_version (RFC 8446, 4.1.2). */
        byte[] clientRandom() {
            byte[] random = new byte[32];
            sent.get(0).record().get(11, random);
            return random;
        }

        /** The master secret of TLS 1.2. Read with Unsafe, because java.base is not open to tests. */
        byte[] masterSecret() throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object unsafe = instance.get(null);
            Field secret = session.getClass().getDeclaredField("masterSecret");
            Object offset = type.getMethod("objectFieldOffset", Field.class).invoke(unsafe, secret);
            Object key = type.getMethod("getObject", Object.class, long.class).invoke(unsafe, session, offset);
            return ((SecretKey) key).getEncoded();
        }
    }

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

    static PlayedSession run(SSLContext context, String protocol) throws Exception {
        SSLEngine client = context.createSSLEngine("localhost", 443);
        SSLEngine server = context.createSSLEngine();
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        client.setEnabledProtocols(new String[] {protocol});
        List<Sent> sent = new ArrayList<>();
        ByteBuffer toServer = ByteBuffer.allocate(100_000);
        ByteBuffer toClient = ByteBuffer.allocate(100_000);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (round == MAX_ROUNDS / 2) {
                client.closeOutbound();
            }
            // The bytes of one round after the handshake are application data, the last ones close_notify.
            ByteBuffer data = ByteBuffer.allocate(round == MAX_ROUNDS / 2 - 1 ? 100 : 0);
            wrap(client, data, toServer, true, sent);
            unwrap(server, toServer);
            wrap(server, ByteBuffer.allocate(0), toClient, false, sent);
            unwrap(client, toClient);
        }
        return new PlayedSession(sent, client.getSession());
    }

    private static void wrap(SSLEngine from, ByteBuffer data, ByteBuffer wire, boolean byClient, List<Sent> sent)
            throws Exception {
        runTasks(from);
        while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || data.hasRemaining()) {
            int start = wire.position();
            if (from.wrap(data, wire).bytesProduced() == 0) {
                return;
            }
            for (int at = start; at < wire.position(); ) {
                int end = at + 5 + (wire.getShort(at + 3) & 0xffff);
                byte[] record = new byte[end - at];
                wire.get(at, record);
                sent.add(new Sent(byClient, ByteBuffer.wrap(record)));
                at = end;
            }
        }
    }

    private static void unwrap(SSLEngine to, ByteBuffer wire) throws Exception {
        wire.flip();
        ByteBuffer received = ByteBuffer.allocate(40_000);
        // An engine that has to send first accepts nothing: the rest stays for the next round.
        while (wire.hasRemaining() && to.unwrap(wire, received).bytesConsumed() > 0) {
            runTasks(to);
        }
        wire.compact();
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
