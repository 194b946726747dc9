package dev.tlscope.it.server;

/** An HTTPS server of this JVM that answers every request. */
interface HttpsService {
    int port();

    void stop() throws Exception;

    /** Starts the server of that name, such as {@code UndertowServer}, or {@code TomcatServer nio2}. */
    static HttpsService start(Calls calls, String name) throws Exception {
        return switch (name) {
            case "JettyServer" -> new JettyServer(calls);
            case "UndertowServer" -> new UndertowServer(calls);
            case "TomcatServer nio" -> new TomcatServer(calls, "nio");
            case "TomcatServer nio2" -> new TomcatServer(calls, "nio2");
            case "NettyServer" -> new NettyServer(calls);
            case "JdkServer" -> new JdkServer(calls);
            case "SocketServer" -> new SocketServer(calls, true);
            case "SocketServer abrupt" -> new SocketServer(calls, false);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Performs the steps that ServersTest needs from every server. */
    static void serve(Calls calls, HttpsService server) throws Exception {
        calls.lose(server.port());
        calls.get(server.port());
        server.stop();
        System.out.println("done");
        System.exit(0);
    }
}
