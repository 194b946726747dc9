package dev.tlscope.agent.socket;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.reflect.StaticField;
import java.io.FileDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of both ends of a socket, from the kernel by {@code sun.nio.ch.Net}, or from a Socket of the JDK's own classes.
 */
public final class SocketAddresses {
    private static final JdkField SELF = new JdkField("self");
    private static final JdkField IMPL = new JdkField("impl");
    private static final JdkField DELEGATE = new JdkField("delegate");
    private static final JdkField DESCRIPTOR = new JdkField("fd");
    private static final JdkField LOCAL = new JdkField("localAddress");
    private static final JdkField REMOTE = new JdkField("remoteAddress");

    private static volatile @Nullable Net net;

    /** {@code host:port}, numeric. */
    public final String local;

    /** {@code host:port}, numeric. */
    public final String peer;

    private SocketAddresses(String local, String peer) {
        this.local = local;
        this.peer = peer;
    }

    /**
     * The addresses of an SSLSocket, or of the socket below it; null when they are not known.
     *
     * @param socket anything else has no addresses
     */
    public static @Nullable SocketAddresses of(Object socket) {
        if (!(socket instanceof Socket)) {
            return null;
        }
        Object self = SELF.get(socket);
        Socket below = self instanceof Socket ? (Socket) self : (Socket) socket;
        if (below.getClass().getClassLoader() == null) {
            return of(below.getLocalSocketAddress(), below.getRemoteSocketAddress());
        }
        // A class of the application, whose methods may run its code: read the fields of its JDK superclass, if it is
        // connected at all.
        FileDescriptor descriptor = descriptor(IMPL.get(below));
        return descriptor == null ? null : ofDescriptor(descriptor);
    }

    /**
     * The addresses that a socket tells by its public methods, for a class of a TLS library that passes them on to the socket that it
     * wraps; null when it tells none.
     */
    public static @Nullable SocketAddresses told(Socket socket) {
        return of(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }

    /** True for exceptions of a socket that is broken, or closed at either end. */
    public static boolean isSocketFailure(@Nullable Throwable thrown) {
        return thrown instanceof SocketException;
    }

    /**
     * The addresses that a channel of the JDK stored when it was connected, because the kernel does not have them after
     * the peer has reset the connection.
     */
    static @Nullable SocketAddresses noted(Object channel) {
        Object local = LOCAL.get(channel);
        Object remote = REMOTE.get(channel);
        return local instanceof SocketAddress && remote instanceof SocketAddress
                ? of((SocketAddress) local, (SocketAddress) remote)
                : null;
    }

    /** The descriptor of a SocketImpl; null when it has none. */
    static @Nullable FileDescriptor descriptor(@Nullable Object impl) {
        // From JDK 13 on a Socket's own implementation delegates to another one; earlier JDKs have no such field.
        String name = impl == null ? "" : impl.getClass().getSimpleName();
        boolean passesOn = name.equals("SocksSocketImpl") || name.equals("HttpConnectSocketImpl");
        Object delegate = passesOn ? DELEGATE.get(impl) : null;
        Object descriptor = DESCRIPTOR.get(delegate != null ? delegate : impl);
        return descriptor instanceof FileDescriptor ? (FileDescriptor) descriptor : null;
    }

    /** The addresses of an open TCP socket. */
    static @Nullable SocketAddresses ofDescriptor(FileDescriptor descriptor) {
        try {
            Net net = net();
            // This throws for a Unix domain socket, whose path would look like an address of four bytes.
            net.option.invoke(null, descriptor, net.unspecified, StandardSocketOptions.TCP_NODELAY);
            return of((SocketAddress) net.local.invoke(null, descriptor), net.remote(descriptor));
        } catch (ReflectiveOperationException e) {
            return null; // closed meanwhile, or not a TCP socket
        }
    }

    private static Net net() throws ReflectiveOperationException {
        Net found = net;
        if (found == null) {
            found = new Net();
            net = found;
        }
        return found;
    }

    private static @Nullable SocketAddresses of(@Nullable SocketAddress local, @Nullable SocketAddress peer) {
        String here = hostPort(local);
        String there = hostPort(peer);
        return here == null || there == null ? null : new SocketAddresses(here, there);
    }

    /** Host and port as numbers, so that no name service is queried. */
    private static @Nullable String hostPort(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            return null;
        }
        InetSocketAddress inet = (InetSocketAddress) address;
        InetAddress host = inet.getAddress();
        if (host == null) {
            return null;
        }
        String text = host.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return (plain.indexOf(':') >= 0 ? "[" + plain + "]" : plain) + ":" + inet.getPort();
    }

    /** The methods of sun.nio.ch.Net that are called. */
    private static final class Net {
        final @Nullable Object unspecified = StaticField.read("sun.nio.ch.Net", "UNSPEC");
        final Method option;
        final Method local;
        final Method remote;

        Net() throws ReflectiveOperationException {
            Class<?> net = Class.forName("sun.nio.ch.Net", false, null);
            option = open(net.getDeclaredMethod(
                    "getSocketOption", FileDescriptor.class, ProtocolFamily.class, SocketOption.class));
            local = open(net.getDeclaredMethod("localAddress", FileDescriptor.class));
            remote = open(net.getDeclaredMethod("remoteAddress", FileDescriptor.class));
        }

        SocketAddress remote(FileDescriptor descriptor) throws ReflectiveOperationException {
            try {
                return (SocketAddress) remote.invoke(null, descriptor);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof UnsatisfiedLinkError)) {
                    throw e;
                }
            }
            // Before JDK 13 a Unix JDK has no such native method, but this class calls getpeername too.
            Class<?> inherited = Class.forName("sun.nio.ch.InheritedChannel", true, null);
            Class<?> io = Class.forName("sun.nio.ch.IOUtil", true, null);
            Object number =
                    open(io.getDeclaredMethod("fdVal", FileDescriptor.class)).invoke(null, descriptor);
            return new InetSocketAddress(
                    (InetAddress) open(inherited.getDeclaredMethod("peerAddress0", int.class))
                            .invoke(null, number),
                    (Integer) open(inherited.getDeclaredMethod("peerPort0", int.class))
                            .invoke(null, number));
        }

        private static Method open(Method method) {
            method.setAccessible(true);
            return method;
        }
    }
}
