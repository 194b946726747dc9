package dev.tlscope.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer that is lost in the handshake: it reads a ClientHello, and is {@code silent}, or the connection is {@code
 * reset} or {@code closed}. It uses no other class and only Java 8, because its test compiles it for old JDKs too.
 */
final class LostPeer {
    static final String[] WAYS = {"closed", "reset", "silent"};

    private final ServerSocket listener;
    private final String way;
    private final List<Socket> kept = new ArrayList<>();

    private LostPeer(String way) throws IOException {
        this.way = way;
        this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Starts a peer, prints {@code way PORT}, and returns its port. */
    static int start(String way) throws IOException {
        LostPeer peer = new LostPeer(way);
        Thread thread = new Thread(peer::serve, "lost-peer");
        thread.setDaemon(true);
        thread.start();
        int port = peer.listener.getLocalPort();
        System.out.println(way + " " + port);
        return port;
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = listener.accept();
                if (socket.getInputStream().read(new byte[1 << 14]) < 0 || way.equals("silent")) {
                    kept.add(socket);
                    continue;
                }
                if (way.equals("reset")) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
