package dev.tlscope.it.peer;

import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.ClientSide;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.SocketConnection;
import dev.tlscope.demo.tls.TlsConnection;
import dev.tlscope.demo.tls.TlsContexts;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * One end of planned connections, played one after the other as standard input says; a test runs two of them, each in
 * its own JVM. {@code serve PLAN} listens once for each connection, prints {@code listening} and the ports, and accepts
 * one connection at each; {@code call PLAN PORT...} connects. Both print each outcome, and {@code done}.
 */
final class PlannedEnd {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final X509Certificate root;
    private final SSLContext serving;

    /** A listener for one connection. */
    private interface Listener {
        int port();

        TlsConnection accept() throws IOException;
    }

    private PlannedEnd(PkiDirectory pki) throws GeneralSecurityException, IOException {
        root = pki.root();
        serving = TlsContexts.of(root, pki.identity("server-rsa"));
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = Arguments.parse(line, Collections.singletonList("--pki"), Collections.emptyList());
        PlannedEnd end = new PlannedEnd(new PkiDirectory(Paths.get(arguments.required("--pki"))));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            String[] words = command.split(" ", -1);
            List<PlannedConnection> plan = PlannedConnection.read(Paths.get(words[1]));
            if (words[0].equals("serve")) {
                end.serve(plan);
            } else {
                end.call(plan, words);
            }
            System.out.println("done");
        }
    }

    private void serve(List<PlannedConnection> plan) throws IOException {
        List<Listener> listeners = new ArrayList<>();
        StringBuilder ports = new StringBuilder("listening");
        for (PlannedConnection planned : plan) {
            ServerSide side = new ServerSide(serving, planned.offer(), ServerSide.ClientAuth.NONE);
            Listener listener = planned.transport(false) == Transport.SOCKET ? sockets(side) : engines(side);
            listeners.add(listener);
            ports.append(' ').append(listener.port());
        }
        System.out.println(ports);
        for (int i = 0; i < plan.size(); i++) {
            PlannedConnection planned = plan.get(i);
            planned.begin();
            String outcome = planned.play(listeners.get(i).accept(), false);
            System.out.println("served " + planned.name() + " " + outcome);
        }
    }

    private void call(List<PlannedConnection> plan, String[] words) throws GeneralSecurityException, IOException {
        for (int i = 0; i < plan.size(); i++) {
            PlannedConnection planned = plan.get(i);
            planned.begin();
            // a new context has no session to resume
            ClientSide side = new ClientSide(TlsContexts.of(root), planned.offer(), planned.name());
            InetSocketAddress address = ServerSide.loopback(Integer.parseInt(words[2 + i]));
            TlsConnection connection = planned.transport(true) == Transport.SOCKET
                    ? side.connect(Transport.SOCKET, address, "localhost")
                    : engine(side, address);
            String outcome = planned.play(connection, true);
            System.out.println("called " + planned.name() + " " + outcome);
        }
    }

    private static TlsConnection engine(ClientSide side, InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new MisusedChannel(channel, side.engine("localhost", address.getPort()), TIMEOUT_MILLIS);
    }

    private static Listener sockets(ServerSide side) throws IOException {
        SSLServerSocket listener = side.listen(0);
        listener.setSoTimeout(TIMEOUT_MILLIS);
        return new Listener() {
            @Override
            public int port() {
                return listener.getLocalPort();
            }

            @Override
            public TlsConnection accept() throws IOException {
                SSLSocket socket = (SSLSocket) listener.accept();
                listener.close();
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                return new SocketConnection(socket);
            }
        };
    }

    private static Listener engines(ServerSide side) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open().bind(ServerSide.loopback(0));
        listener.socket().setSoTimeout(TIMEOUT_MILLIS);
        return new Listener() {
            @Override
            public int port() {
                return listener.socket().getLocalPort();
            }

            @Override
            public TlsConnection accept() throws IOException {
                SocketChannel channel = listener.socket().accept().getChannel();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                listener.close();
                InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
                return new MisusedChannel(channel, side.engine(peer), TIMEOUT_MILLIS);
            }
        };
    }
}
