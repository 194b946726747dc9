package dev.tlscope.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens connections to a destination, and brings each to the point where TLS begins. */
public final class TcpTransport {
    private final Destination to;
    private final Consumer<String> heard;
    private InetAddress[] addresses = {};

    /** @param heard receives each line of the dialogue before TLS: {@code > sent} and {@code < received} */
    public TcpTransport(Destination to, Consumer<String> heard) {
        this.to = to;
        this.heard = heard;
    }

    /**
     * Opens the next connection: the first to the first address of the name, the second to its second, and so on. An address that
     * does not answer is passed over if another one does.
     */
    public Socket open(int turn) throws NoTransportException {
        Destination proxy = to.proxy();
        Destination first = proxy == null ? to : proxy;
        Socket socket = connected(first, turn);
        try {
            Dialogue dialogue = new Dialogue(socket, heard);
            if (proxy != null) {
                HttpTunnel.open(dialogue, to, proxy);
            }
            Starttls starttls = to.starttls();
            if (starttls != null) {
                starttls.begin(dialogue, to);
            }
            return socket;
        } catch (IOException e) {
            close(socket);
            throw e instanceof NoTransportException ? (NoTransportException) e : ended(e);
        }
    }

    private Socket connected(Destination first, int turn) throws NoTransportException {
        resolve(first);
        IOException refused = null;
        for (int i = 0; i < addresses.length; i++) {
            InetAddress address = addresses[(turn + i) % addresses.length];
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, first.port()), to.timeoutMillis());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(to.timeoutMillis());
                return socket;
            } catch (IOException e) {
                refused = refused == null ? e : refused;
                close(socket);
            }
        }
        throw new NoTransportException(refused(first, refused));
    }

    private void resolve(Destination first) throws NoTransportException {
        if (addresses.length == 0) {
            try {
                addresses = InetAddress.getAllByName(first.host());
            } catch (UnknownHostException e) {
                throw new NoTransportException("no address is known for the name " + first.host()
                        + "; check the name, or give the address itself");
            }
        }
    }

    private String refused(Destination first, @Nullable IOException e) {
        String where = (first == to ? "" : "the proxy ") + first + addresses();
        if (e instanceof SocketTimeoutException) {
            return where + " did not answer within " + seconds()
                    + "; a firewall may drop the packets, or the host may be down; check both, or give it longer with --timeout";
        }
        if (e instanceof NoRouteToHostException) {
            return where + " cannot be reached: " + e.getMessage() + "; check the network, and the address";
        }
        if (e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")) {
            return where
                    + " refused the connection: nothing accepts there; check the port, and whether the service runs";
        }
        return where + " cannot be reached: " + (e == null ? "it has no address" : e.getMessage())
                + "; check the network, and the address";
    }

    /** The addresses of a name, which show whether it is the expected one. */
    private String addresses() {
        StringBuilder all = new StringBuilder();
        for (InetAddress address : addresses) {
            all.append(all.length() == 0 ? " (" : ", ").append(address.getHostAddress());
        }
        return all.append(')').toString();
    }

    private NoTransportException ended(IOException e) {
        String dialogue = to.starttls() == null ? "the proxy" : "the dialogue before TLS";
        return e instanceof SocketTimeoutException
                ? new NoTransportException(
                        to + " sent nothing for " + seconds() + " in " + dialogue
                                + "; if TLS begins with the first byte there, as on ports 465, 636, 993 and 995, leave out --starttls")
                : new NoTransportException(
                        to + " ended " + dialogue + ": " + e.getMessage() + "; check which protocol it expects there");
    }

    private String seconds() {
        return to.timeoutMillis() % 1000 == 0 ? to.timeoutMillis() / 1000 + " s" : to.timeoutMillis() + " ms";
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was not used
        }
    }
}
