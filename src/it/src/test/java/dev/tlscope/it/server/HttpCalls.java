package dev.tlscope.it.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * {@code HttpCalls}: java.net.http.HttpClient calls each kind of {@link LostPeer}, with its own timeout. From JDK 11
 * on.
 */
public final class HttpCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private HttpCalls() {}

    public static void main(String[] none) throws Exception {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        for (String way : LostPeer.WAYS) {
            URI uri = URI.create("https://127.0.0.1:" + LostPeer.start(way) + "/");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE.multipliedBy(2))
                    .build();
            try {
                client.send(request, HttpResponse.BodyHandlers.ofString());
                throw new IllegalStateException("an answer from " + way);
            } catch (IOException lost) {
                // expected
            }
        }
        System.out.println("done");
    }
}
