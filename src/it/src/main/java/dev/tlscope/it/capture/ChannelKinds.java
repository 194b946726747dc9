package dev.tlscope.it.capture;

import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.Buffers;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Paths;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSocket;

/**
 * {@code ChannelKinds PKI-DIR}: a handshake over each of the ways in which bytes reach an SSLEngine or SSLSocket:
 * {@code asynchronous} channels; {@code scatter} reads and gathering writes; {@code pieces} of a few bytes read from a
 * channel; {@code trickle}, the same in both directions; {@code stream-pieces} from a Socket's stream; a {@code
 * layered} SSLSocket. Prints {@code KIND CLIENT-ADDRESS SERVER-ADDRESS}, the addresses of the program's own sockets.
 * the program's own sockets have them.
 */
final class ChannelKinds {
    private static final int ROOM = 1 << 15;

    private final SSLContext context;
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    /** Reads and writes an engine's bytes; both block. */
    private interface Link {
        int read(ByteBuffer target) throws IOException;

        void write(ByteBuffer source) throws IOException;
    }

    private ChannelKinds(PkiDirectory pki) throws Exception {
        context = TlsContexts.of(pki.root(), pki.identity("server-rsa"));
    }

    public static void main(String[] line) throws Exception {
        ChannelKinds kinds = new ChannelKinds(new PkiDirectory(Paths.get(line[0])));
        kinds.asynchronous();
        kinds.channels("scatter");
        kinds.channels("pieces");
        kinds.channels("trickle");
        kinds.streamPieces();
        kinds.layered();
        kinds.threads.shutdown();
        System.out.println("done");
    }

    private void asynchronous() throws Exception {
        try (AsynchronousServerSocketChannel listener = AsynchronousServerSocketChannel.open();
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            Future<Void> connecting = client.connect(address);
            try (AsynchronousSocketChannel server = listener.accept().get()) {
                connecting.get();
                run("asynchronous", (InetSocketAddress) client.getLocalAddress(), address, of(client), of(server));
            }
        }
    }

    private void channels(String kind) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            try (SocketChannel client = SocketChannel.open(address);
                    SocketChannel server = listener.accept()) {
                InetSocketAddress local = (InetSocketAddress) client.getLocalAddress();
                run(kind, local, address, link(kind, client), link(kind, server));
            }
        }
    }

    private static Link link(String kind, SocketChannel channel) {
        return kind.equals("scatter") ? scattering(channel) : pieces(channel, kind.equals("trickle") ? 9 : ROOM);
    }

    /** Reads like a proxy that examines the first bytes before it chooses a protocol. */
    private void streamPieces() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket server = listener.accept()) {
            InetSocketAddress local = (InetSocketAddress) client.getLocalSocketAddress();
            InetSocketAddress address = (InetSocketAddress) client.getRemoteSocketAddress();
            run("stream-pieces", local, address, streams(client), streams(server));
        }
    }

    private void layered() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket below = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket accepted = listener.accept();
                SSLSocket client =
                        (SSLSocket) context.getSocketFactory().createSocket(below, "layered.channel.test", 443, true);
                SSLSocket server =
                        (SSLSocket) context.getSocketFactory().createSocket(accepted, "localhost", 443, true)) {
            server.setUseClientMode(false);
            Future<?> serving = threads.submit((Callable<Integer>) () -> {
                server.startHandshake();
                return server.getInputStream().read();
            });
            client.startHandshake();
            client.getOutputStream().write(1);
            serving.get();
            print("layered", (InetSocketAddress) below.getLocalSocketAddress(), (InetSocketAddress)
                    below.getRemoteSocketAddress());
        }
    }

    private void run(String kind, InetSocketAddress local, InetSocketAddress address, Link client, Link server)
            throws Exception {
        SSLEngine calling = context.createSSLEngine(kind + ".channel.test", 443);
        calling.setUseClientMode(true);
        SSLEngine serving = context.createSSLEngine();
        serving.setUseClientMode(false);
        Future<?> answering = threads.submit((Callable<Integer>) () -> {
            handshake(serving, server);
            return 0;
        });
        handshake(calling, client);
        answering.get();
        print(kind, local, address);
    }

    private static void print(String kind, InetSocketAddress client, InetSocketAddress server) {
        System.out.println(kind + " 127.0.0.1:" + client.getPort() + " 127.0.0.1:" + server.getPort());
    }

    private static void handshake(SSLEngine engine, Link link) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(ROOM);
        ((java.nio.Buffer) in).limit(0);
        engine.beginHandshake();
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status.name()) {
                case "NEED_TASK":
                    engine.getDelegatedTask().run();
                    break;
                case "NEED_WRAP":
                    ByteBuffer out = ByteBuffer.allocate(ROOM);
                    engine.wrap(Buffers.empty(), out);
                    ((java.nio.Buffer) out).flip();
                    link.write(out);
                    break;
                case "NEED_UNWRAP":
                    unwrap(engine, link, in);
                    break;
                default:
                    return;
            }
        }
    }

    /** Reads more only if the buffer does not hold a whole record. */
    private static void unwrap(SSLEngine engine, Link link, ByteBuffer in) throws IOException {
        int before = in.remaining();
        engine.unwrap(in, ByteBuffer.allocate(ROOM));
        if (in.remaining() == before && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
            in.compact();
            if (link.read(in) < 0) {
                throw new EOFException("the peer closed in the handshake");
            }
            ((java.nio.Buffer) in).flip();
        }
    }

    private static Link of(AsynchronousSocketChannel channel) {
        return new Link() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return await(channel.read(target));
            }

            @Override
            public void write(ByteBuffer source) throws IOException {
                while (source.hasRemaining()) {
                    await(channel.write(source));
                }
            }
        };
    }

    private static int await(Future<Integer> transfer) throws IOException {
        try {
            return transfer.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Puts the record's header into a separate buffer, as Netty and Jetty do for gathering writes. */
    private static Link scattering(SocketChannel channel) {
        return new Link() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                ByteBuffer head = ByteBuffer.allocate(7);
                ByteBuffer rest = ByteBuffer.allocate(target.remaining() - 7);
                int count = (int) channel.read(new ByteBuffer[] {head, rest});
                ((java.nio.Buffer) head).flip();
                ((java.nio.Buffer) rest).flip();
                target.put(head).put(rest);
                return count;
            }

            @Override
            public void write(ByteBuffer source) throws IOException {
                ByteBuffer head = ByteBuffer.allocate(Math.min(5, source.remaining()));
                while (head.hasRemaining()) {
                    head.put(source.get());
                }
                ((java.nio.Buffer) head).flip();
                ByteBuffer[] both = {head, source};
                while (source.hasRemaining()) {
                    channel.write(both);
                }
            }
        };
    }

    /** Reads at most nine bytes at a time. */
    private static Link pieces(SocketChannel channel, int mostWritten) {
        return new Link() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                ByteBuffer piece = ByteBuffer.allocate(9);
                int count = channel.read(piece);
                ((java.nio.Buffer) piece).flip();
                target.put(piece);
                return count;
            }

            @Override
            public void write(ByteBuffer source) throws IOException {
                while (source.hasRemaining()) {
                    ByteBuffer piece = source.duplicate();
                    ((java.nio.Buffer) piece).limit(Math.min(source.limit(), source.position() + mostWritten));
                    ((java.nio.Buffer) source).position(source.position() + channel.write(piece));
                }
            }
        };
    }

    /** Reads the first five bytes, a record's header, separately. */
    private static Link streams(Socket socket) {
        return new Link() {
            private boolean first = true;

            @Override
            public int read(ByteBuffer target) throws IOException {
                byte[] block = new byte[first ? 5 : target.remaining()];
                first = false;
                int count = socket.getInputStream().read(block);
                target.put(block, 0, Math.max(0, count));
                return count;
            }

            @Override
            public void write(ByteBuffer source) throws IOException {
                byte[] block = new byte[source.remaining()];
                source.get(block);
                socket.getOutputStream().write(block);
            }
        };
    }
}
