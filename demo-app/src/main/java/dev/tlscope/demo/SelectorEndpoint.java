package dev.tlscope.demo;

import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint over SSLEngine: one thread with a Selector for all connections, others for the delegated tasks. */
final class SelectorEndpoint implements ServiceEndpoint {
    private final String name;
    private final ServerSide side;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final ExecutorService tasks;
    private final AtomicInteger requests = new AtomicInteger();
    /** Connections whose delegated tasks are done; the selector's thread continues them. */
    private final Queue<SelectorConnection> resumable = new ConcurrentLinkedQueue<>();

    private SelectorEndpoint(String name, ServerSide side, int port) throws IOException {
        this.name = name;
        this.side = side;
        this.tasks = Threads.pool(name + "-task", 2);
        this.listener = ServerSocketChannel.open().bind(ServerSide.loopback(port));
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.selector = Selector.open();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    static SelectorEndpoint start(String name, ServerSide side, int port) throws IOException {
        SelectorEndpoint endpoint = new SelectorEndpoint(name, side, port);
        Threads.daemon(name + "-selector", endpoint::run).start();
        return endpoint;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Transport transport() {
        return Transport.ENGINE;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
        tasks.shutdownNow();
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select();
                SelectorConnection resumed;
                while ((resumed = resumable.poll()) != null) {
                    resumed.tasksDone();
                }
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    serve(key);
                }
            } catch (IOException | RuntimeException e) {
                // The endpoint was closed, or one connection failed: the others continue.
            }
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof SelectorConnection) {
            ((SelectorConnection) key.attachment()).ready();
            return;
        }
        SocketChannel accepted = listener.accept();
        if (accepted != null) {
            accepted.configureBlocking(false);
            SelectionKey connectionKey = accepted.register(selector, SelectionKey.OP_READ);
            InetSocketAddress peer = (InetSocketAddress) accepted.getRemoteAddress();
            connectionKey.attach(
                    new SelectorConnection(connectionKey, accepted, side.engine(peer), this::answer, this::runTask));
        }
    }

    private byte[] answer(String head) {
        String body = "{\"endpoint\":\"" + name + "\",\"request\":" + requests.incrementAndGet() + "}";
        return Http.ok(body, Http.keepsAlive(head));
    }

    private void runTask(SelectorConnection connection, Runnable work) {
        tasks.execute(() -> {
            work.run();
            resumable.add(connection);
            selector.wakeup();
        });
    }
}
