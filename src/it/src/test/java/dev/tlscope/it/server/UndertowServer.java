package dev.tlscope.it.server;

import io.undertow.Undertow;
import java.net.InetSocketAddress;

/** {@code UndertowServer PKI-DIR}: Undertow's SslConduit over SSLEngine. */
public final class UndertowServer {
    private UndertowServer() {}

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        Undertow server = Undertow.builder()
                .addHttpsListener(0, "127.0.0.1", calls.context())
                .setHandler(exchange -> exchange.getResponseSender().send("ok"))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        calls.lose(address.getPort());
        calls.get(address.getPort());
        server.stop();
        System.out.println("done");
        System.exit(0);
    }
}
