package dev.tlscope.it.cells;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** OCSP responders that accept connections and never answer, until the JVM ends. */
final class Responder {
    static {
        // in seconds, read at the JDK's first query; the default is fifteen
        System.setProperty("com.sun.security.ocsp.timeout", "1");
    }

    private Responder() {}

    /** Starts a responder that closes connections, like a proxy that cannot reach the real one; returns its URL. */
    static String speechless() throws IOException {
        return run("speechless responder", Socket::close);
    }

    /** Starts a responder that never answers; returns its URL. */
    static String silent() throws IOException {
        List<Socket> waiting = new ArrayList<>(); // the garbage collector would close sockets without a reference
        return run("silent responder", waiting::add);
    }

    private interface OcspAnswer {
        void to(Socket caller) throws IOException;
    }

    private static String run(String name, OcspAnswer answer) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        try {
                            Socket caller = listener.accept();
                            caller.getInputStream().read();
                            answer.to(caller);
                        } catch (IOException gone) {
                            // continue with the next connection
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return "http://127.0.0.1:" + listener.getLocalPort() + "/ocsp";
    }
}
