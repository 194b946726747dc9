package dev.tlscope.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;

/**
 * {@code RefusingClients PKI-DIR}: HTTP clients that refuse the server's name or certificate after JSSE has completed the handshake, and
 * clients that connect, or complete it, and close without a word, which is healthy unless they lack an application protocol. Prints {@code WAY PORT} of each. It uses no other
 * class and only Java 8, for its test compiles it for old JDKs too.
 */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // it is compiled for JDK 8 and 11 as well
public final class RefusingClients {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A name of this machine that no certificate has. */
    private static final String HOST = "127.0.0.2";

    private final SSLContext context;
    private final X509TrustManager trust;

    private RefusingClients(String pki) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(pki, "server-rsa"), PASSWORD);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(pki, "trust"));
        trust = (X509TrustManager) factory.getTrustManagers()[0];
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), factory.getTrustManagers(), null);
    }

    public static void main(String[] line) throws Exception {
        RefusingClients clients = new RefusingClients(line[0]);
        for (String way : new String[] {
            "urlconnection",
            "okhttp",
            "pin",
            "apache",
            "apache-async",
            "own-exception",
            "connect",
            "probe12",
            "probe13",
            "h2",
            "h2-or-http"
        }) {
            SSLServerSocket listener = (SSLServerSocket)
                    clients.context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName(HOST));
            Thread server = new Thread(() -> serve(listener));
            server.start();
            System.out.println(way + " " + listener.getLocalPort());
            clients.play(way, listener.getLocalPort());
            listener.close();
            server.join();
        }
        System.out.println("done");
        System.exit(0);
    }

    private void play(String way, int port) throws Exception {
        String url = "https://" + HOST + ":" + port + "/";
        switch (way) {
            case "connect":
                context.getSocketFactory().createSocket(HOST, port).close();
                return;
            case "probe12":
                probe(port, "TLSv1.2", "");
                return;
            case "probe13":
                probe(port, "TLSv1.3", "");
                return;
            case "h2":
                probe(port, "TLSv1.2", "h2");
                return;
            case "h2-or-http":
                probe(port, "TLSv1.3", "h2,http/1.1");
                return;
            default:
                refuse(way, url, port);
        }
    }

    private void refuse(String way, String url, int port) {
        try {
            switch (way) {
                case "urlconnection":
                    urlConnection(url);
                    break;
                case "okhttp":
                    okHttp(url, new CertificatePinner.Builder().build(), false);
                    break;
                case "pin":
                    okHttp(
                            url,
                            new CertificatePinner.Builder()
                                    .add(HOST, "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                                    .build(),
                            true);
                    break;
                case "apache":
                    apache(url);
                    break;
                case "own-exception":
                    ownException(port);
                    break;
                default:
                    apacheAsync(url);
            }
        } catch (Exception refused) {
            return;
        }
        throw new IllegalStateException(way + " did not refuse " + HOST + ":" + port);
    }

    /**
     * Completes the handshake, and closes, like a monitor of certificate dates, or like a client that cannot go on without an
     * application protocol.
     */
    private void probe(int port, String protocol, String offered) throws Exception {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(HOST, port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            if (!offered.isEmpty()) {
                SSLParameters parameters = socket.getSSLParameters();
                SSLParameters.class // of Java 9, and of newer updates of Java 8
                        .getMethod("setApplicationProtocols", String[].class)
                        .invoke(parameters, (Object) offered.split(",", -1));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            if (socket.getSession().getPeerCertificates().length == 0) {
                throw new IOException("no certificate");
            }
        }
    }

    /** As commons-net's FTPSClient with endpoint checking. */
    private void ownException(int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(HOST, port)) {
            socket.startHandshake();
            throw new SSLHandshakeException("Hostname doesn't match certificate");
        }
    }

    private void urlConnection(String url) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) new URL(url).openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> false);
        connection.getResponseCode();
    }

    private void okHttp(String url, CertificatePinner pinner, boolean anyName) throws IOException {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), trust)
                .certificatePinner(pinner);
        if (anyName) {
            builder.hostnameVerifier((host, session) -> true);
        }
        builder.build()
                .newCall(new Request.Builder().url(url).build())
                .execute()
                .close();
    }

    private void apache(String url) throws IOException {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(checksItself())
                        .build())
                .build()) {
            client.execute(new HttpGet(url), response -> response.getCode());
        }
    }

    private void apacheAsync(String url) throws Exception {
        try (CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(checksItself())
                        .build())
                .build()) {
            client.start();
            SimpleHttpRequest request = SimpleRequestBuilder.get(url).build();
            client.execute(request, null).get();
        }
    }

    private DefaultClientTlsStrategy checksItself() {
        return new DefaultClientTlsStrategy(
                context, HostnameVerificationPolicy.CLIENT, HttpsSupport.getDefaultHostnameVerifier());
    }

    /** Reads until its clients have closed. */
    private static void serve(SSLServerSocket listener) {
        while (true) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                while (socket.getInputStream().read() >= 0) {
                    // go on
                }
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
            }
        }
    }

    private static KeyStore load(String pki, String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Paths.get(pki, name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
