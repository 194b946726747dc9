package dev.tlscope.it.cells;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Connections whose key managers have several aliases to choose from, one after the other: both of JSSE's key managers,
 * and a client without a matching alias. Arguments: none. Prints one line per connection, {@code ok} or {@code failed}.
 */
public final class AliasRun {
    private static final String SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

    private final CellPki pki = new CellPki();
    private final ExecutorService server = Executors.newSingleThreadExecutor();

    private AliasRun() throws GeneralSecurityException, IOException {}

    public static void main(String[] none) throws Exception {
        AliasRun run = new AliasRun();
        try {
            Credential stranger = CellPki.client(run.pki.stranger).issued();
            Credential expired = run.pki
                    .issuing
                    .leaf("CN=expired client,O=tlscope cells")
                    .usage(KeyPurposeId.id_kp_clientAuth)
                    .days(-20, -10)
                    .issued();
            Map<String, Credential> several = new LinkedHashMap<>();
            several.put("stranger", stranger);
            several.put("good", run.pki.clientCertificate);
            run.connect("SunX509", several);
            several.put("expired", expired);
            several.put("for-servers", run.pki.ec);
            run.connect("PKIX", several);
            several.clear();
            several.put("stranger", stranger);
            run.connect("SunX509", several);
            run.connect("PKIX", several);
        } finally {
            run.server.shutdown();
        }
    }

    private void connect(String algorithm, Map<String, Credential> clientKeys) throws Exception {
        Map<String, Credential> serverKeys = new LinkedHashMap<>();
        serverKeys.put("rsa", pki.rsa);
        serverKeys.put("ec", pki.ec);
        SSLContext serving = context(algorithm, serverKeys);
        SSLContext calling = context(algorithm, clientKeys);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listener =
                (SSLServerSocket) serving.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listener.setEnabledProtocols(new String[] {"TLSv1.2"});
            listener.setEnabledCipherSuites(new String[] {SUITE});
            listener.setNeedClientAuth(true);
            Future<Boolean> accepted = server.submit((Callable<Boolean>) () -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    return exchange(socket);
                }
            });
            boolean ok;
            try (SSLSocket socket =
                    (SSLSocket) calling.getSocketFactory().createSocket(loopback, listener.getLocalPort())) {
                ok = exchange(socket);
            }
            System.out.println(accepted.get() && ok ? "ok" : "failed");
        }
    }

    private static boolean exchange(SSLSocket socket) {
        try {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            socket.getOutputStream().write(1);
            return socket.getInputStream().read() == 1;
        } catch (IOException e) {
            return false; // reset, because the alert came too late
        }
    }

    private SSLContext context(String algorithm, Map<String, Credential> keys)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Map.Entry<String, Credential> entry : keys.entrySet()) {
            store.setKeyEntry(
                    entry.getKey(),
                    entry.getValue().key(),
                    Credential.PASSWORD,
                    entry.getValue().chain());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
        factory.init(store, Credential.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), trust(), null);
        return context;
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("root", pki.anchor());
        anchors.setCertificateEntry("issuing", pki.issuing.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return factory.getTrustManagers();
    }
}
