package dev.tlscope.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** What the servers share: their keys, and a client that knows its addresses and prints them. */
final class Calls {
    static final String PASSWORD = "changeit";
    private static final int COUNT = 3;

    private final Path pki;

    Calls(String pki) {
        this.pki = Path.of(pki);
    }

    Path keyStore() {
        return pki.resolve("server-rsa.p12");
    }

    Path trustStore() {
        return pki.resolve("trust.p12");
    }

    KeyManagerFactory keys() throws GeneralSecurityException, IOException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(keyStore()), PASSWORD.toCharArray());
        return factory;
    }

    TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(trustStore()));
        return factory;
    }

    SSLContext context() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys().getKeyManagers(), trust().getTrustManagers(), null);
        return context;
    }

    /** A few GETs over SSLSockets; prints {@code client LOCAL PEER} of each. */
    void get(int port) throws GeneralSecurityException, IOException {
        SSLContext context = context();
        for (int i = 0; i < COUNT; i++) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                if (in.read() < 0) {
                    throw new IOException("no answer");
                }
                while (in.read() >= 0) {
                    // to the end
                }
                client(socket.getLocalPort(), port);
            }
        }
    }

    /** What the program knows of a connection of this machine with itself. */
    static void client(int local, int peer) {
        System.out.println("client 127.0.0.1:" + local + " 127.0.0.1:" + peer);
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
