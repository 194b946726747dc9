package dev.tlscope.agent.jsse;

import java.io.FileDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;

/** Both ends of a socket, from the kernel by way of {@code sun.nio.ch.Net}, or from a Socket of the JDK's own classes. */
final class SocketAddresses {
    private static final JsseField SELF = new JsseField("self");
    private static final JsseField IMPL = new JsseField("impl");
    private static final JsseField DELEGATE = new JsseField("delegate");
    private static final JsseField DESCRIPTOR = new JsseField("fd");
    private static final JsseField LOCAL = new JsseField("localAddress");
    private static final JsseField REMOTE = new JsseField("remoteAddress");

    private static volatile @Nullable Net net;

    final String local;
    final String peer;

    private SocketAddresses(String local, String peer) {
        this.local = local;
        this.peer = peer;
    }

    /** Of an SSLSocket, or of the socket below it; null when they are not known. */
    static @Nullable SocketAddresses of(Socket socket) {
        Object self = SELF.get(socket);
        Socket below = self instanceof Socket ? (Socket) self : socket;
        if (below.getClass().getClassLoader() == null) {
            return of(below.getLocalSocketAddress(), below.getRemoteSocketAddress());
        }
        // The application's own class, whose methods may be its code: its JDK part tells, if it is connected at all.
        FileDescriptor descriptor = descriptor(IMPL.get(below));
        return descriptor == null ? null : of(descriptor);
    }

    /** What a channel of the JDK's own noted when it was connected: the kernel knows it no more once the peer has reset it. */
    static @Nullable SocketAddresses noted(Object channel) {
        Object local = LOCAL.get(channel);
        Object remote = REMOTE.get(channel);
        return local instanceof SocketAddress && remote instanceof SocketAddress
                ? of((SocketAddress) local, (SocketAddress) remote)
                : null;
    }

    /** Of a SocketImpl; null when it has none. */
    static @Nullable FileDescriptor descriptor(@Nullable Object impl) {
        // From JDK 13 on a Socket's own implementation passes everything on; before, it has no such field.
        String name = impl == null ? "" : impl.getClass().getSimpleName();
        boolean passesOn = name.equals("SocksSocketImpl") || name.equals("HttpConnectSocketImpl");
        Object delegate = passesOn ? DELEGATE.get(impl) : null;
        Object descriptor = DESCRIPTOR.get(delegate != null ? delegate : impl);
        return descriptor instanceof FileDescriptor ? (FileDescriptor) descriptor : null;
    }

    /** Of an open TCP socket. */
    static @Nullable SocketAddresses of(FileDescriptor descriptor) {
        try {
            Net net = net();
            // Throws for a Unix domain socket, whose path would read as an address of four bytes.
            net.option.invoke(null, descriptor, net.unspecified, StandardSocketOptions.TCP_NODELAY);
            return of((SocketAddress) net.local.invoke(null, descriptor), net.remote(descriptor));
        } catch (ReflectiveOperationException e) {
            return null; // closed meanwhile, or no TCP socket
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

    /** Numeric, so that no name service is asked. */
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

    /** What it takes of sun.nio.ch.Net. */
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
            // Before JDK 13 a Unix JDK has no such native method, but this class asks getpeername too.
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
