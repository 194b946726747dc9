package dev.tlscope.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * HTTP clients over JSSE: java.net.http, HttpsURLConnection, OkHttp, Apache HttpClient 5; HTTP/1.1 and, if both sides
 * support it, HTTP/2.
 */
final class HealthyClients {
    private static final int COUNT = 3;

    private final Calls calls;
    private final SSLContext context;
    private final String url;

    HealthyClients(Calls calls, int port) throws GeneralSecurityException, IOException {
        this.calls = calls;
        this.context = calls.context();
        this.url = "https://localhost:" + port + "/";
    }

    void callAll() throws Exception {
        httpClient(HttpClient.Version.HTTP_1_1);
        httpClient(HttpClient.Version.HTTP_2);
        urlConnection(true);
        urlConnection(false);
        okHttp();
        apache();
    }

    private void httpClient(HttpClient.Version version) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(version).sslContext(context).build();
        for (int i = 0; i < COUNT; i++) {
            client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private void urlConnection(boolean keepAlive) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            HttpsURLConnection connection =
                    (HttpsURLConnection) URI.create(url).toURL().openConnection();
            connection.setSSLSocketFactory(context.getSocketFactory());
            if (!keepAlive) {
                connection.setRequestProperty("Connection", "close");
            }
            connection.getResponseCode();
            try (InputStream in =
                    connection.getErrorStream() != null ? connection.getErrorStream() : connection.getInputStream()) {
                in.readAllBytes();
            }
            if (i == COUNT - 1) {
                connection.disconnect();
            }
        }
    }

    private void okHttp() throws Exception {
        X509TrustManager trust = (X509TrustManager) calls.trust().getTrustManagers()[0];
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .sslSocketFactory(context.getSocketFactory(), trust)
                .build();
        for (int i = 0; i < COUNT; i++) {
            try (Response response =
                    client.newCall(new Request.Builder().url(url).build()).execute()) {
                response.body().bytes();
            }
        }
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private void apache() throws IOException {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(context))
                        .build())
                .build()) {
            for (int i = 0; i < COUNT; i++) {
                client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
            }
        }
    }

    /** A trust store with an anchor that no server of these tests has. */
    static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
