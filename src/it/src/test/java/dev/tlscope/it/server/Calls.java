package dev.tlscope.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Shared by the servers: their keys, and a client that prints its addresses. */
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

    /** A file of the test PKI. */
    String file(String name) {
        return pki.resolve(name).toString();
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

    /** Performs a few GETs over SSLSockets; prints {@code client LOCAL PEER} for each. */
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
                    // read to the end
                }
                client(socket.getLocalPort(), port);
            }
        }
    }

    /**
     * Clients that end or reset the stream in the handshake; prints {@code lost WAY LOCAL} for each. They run before
     * the others, so that the server detects the loss before it is stopped.
     */
    void lose(int port) throws IOException {
        for (String way : new String[] {"closed", "reset"}) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
                System.out.println("lost " + way + " 127.0.0.1:" + socket.getLocalPort());
                socket.getOutputStream().write(clientHello());
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("no ServerHello");
                }
                if (way.equals("closed")) {
                    socket.shutdownOutput();
                    drain(socket);
                } else {
                    socket.setSoLinger(true, 0);
                }
            }
        }
    }

    /** Reads to the end, which may be a reset. */
    private static void drain(Socket socket) {
        byte[] buffer = new byte[1 << 14];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {
                // retry
            }
        } catch (IOException e) {
            // the connection is closed too
        }
    }

    /** A TLS 1.2 ClientHello, with parameters that any server accepts. */
    private static byte[] clientHello() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        byte[] rest = HexFormat.of()
                .parseHex(
                        "00" // no session
                                + "0004c02fc030" // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, _256_GCM_SHA384
                                + "0100" // no compression
                                + "0018"
                                + "000a00040002" + "0017" // supported_groups: secp256r1
                                + "000b00020100" // ec_point_formats: uncompressed
                                + "000d000600040401"
                                + "0804"); // signature_algorithms: rsa_pkcs1_sha256, rsa_pss_rsae_sha256
        int body = 2 + random.length + rest.length;
        return ByteBuffer.allocate(9 + body)
                .put((byte) 22)
                .putShort((short) 0x0301)
                .putShort((short) (4 + body))
                .putInt(1 << 24 | body)
                .putShort((short) 0x0303)
                .put(random)
                .put(rest)
                .array();
    }

    /** Prints the addresses of a connection of this machine with itself. */
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
