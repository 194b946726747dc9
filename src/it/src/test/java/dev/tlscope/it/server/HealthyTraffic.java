package dev.tlscope.it.server;

/**
 * {@code HealthyTraffic PKI-DIR SERVER}: a server that all clients call, each with its own way to keep and close a
 * connection. Finally a client rejects the server's certificate, which proves that a failure is kept.
 */
public final class HealthyTraffic {
    private HealthyTraffic() {}

    public static void main(String[] line) {
        try {
            play(line[0], line[1]);
            System.out.println("done");
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // a server's threads would keep the JVM alive
        }
    }

    private static void play(String pki, String name) throws Exception {
        Calls calls = new Calls(pki);
        HttpsService server = HttpsService.start(calls, name);
        new HealthyClients(calls, server.port()).callAll();
        AbruptClients.callAll(calls, server.port());
        ForeignCalls.callAll(calls, server.port());
        AbruptClients.distrust(server.port());
        server.stop();
    }
}
