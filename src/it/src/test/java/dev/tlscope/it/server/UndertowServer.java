package dev.tlscope.it.server;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;

/** {@code UndertowServer PKI-DIR}: Undertow's SslConduit over SSLEngine, with HTTP/2. */
public final class UndertowServer implements HttpsService {
    private final Undertow server;

    UndertowServer(Calls calls) throws Exception {
        server = Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpsListener(0, "127.0.0.1", calls.context())
                .setHandler(exchange -> exchange.getResponseSender().send("ok"))
                .build();
        server.start();
    }

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        HttpsService.serve(calls, new UndertowServer(calls));
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() {
        server.stop();
    }
}
