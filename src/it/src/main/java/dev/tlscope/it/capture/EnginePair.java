package dev.tlscope.it.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A client's and a server's SSLEngine that exchange their records, or datagrams, in memory. */
final class EnginePair implements CellConnection {
    private static final int ROOM = 1 << 16;
    private static final int MOST_STEPS = 10_000;

    private final SSLEngine client;
    private final SSLEngine server;
    private final boolean datagrams;
    private final boolean direct;
    private final Deque<byte[]> toServer = new ArrayDeque<>();
    private final Deque<byte[]> toClient = new ArrayDeque<>();
    private final StringBuilder served = new StringBuilder();
    private final StringBuilder answered = new StringBuilder();
    private int losses;
    private Executor tasks = Runnable::run;

    EnginePair(SSLEngine client, SSLEngine server, boolean datagrams, boolean direct) {
        this.client = client;
        this.server = server;
        this.datagrams = datagrams;
        this.direct = direct;
    }

    /** Number of the next flights that lose their first datagram. */
    void lose(int flights) {
        losses = flights;
    }

    /** Sets where the engines' delegated tasks run, instead of the thread that drives the pair. */
    void runTasksOn(Executor executor) {
        tasks = executor;
    }

    @Override
    public void handshake() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        pump();
    }

    @Override
    public void handshakeAgain(boolean byServer) throws SSLException {
        (byServer ? server : client).beginHandshake();
        pump();
        exchange(10);
    }

    @Override
    public void exchange(int size) throws SSLException {
        served.setLength(0);
        answered.setLength(0);
        send(client, toServer, CellText.request());
        pump();
        send(server, toClient, CellText.response(size));
        pump();
        if (!CellText.isWhole(served.toString()) || !CellText.isWhole(answered.toString())) {
            throw new SSLException("request or response did not arrive");
        }
    }

    @Override
    public void corrupt() throws SSLException {
        send(client, toServer, CellText.request());
        byte[] record = toServer.removeLast();
        record[record.length / 2] ^= 1;
        toServer.add(record);
        try {
            pump();
        } catch (SSLException expected) {
            drain(server, toClient);
            try {
                pump();
            } catch (SSLException theAlert) {
                return;
            }
        }
        throw new SSLException("the corrupted record was taken");
    }

    @Override
    public void close() throws SSLException {
        client.closeOutbound();
        pump();
        server.closeOutbound();
        pump();
    }

    private void send(SSLEngine engine, Deque<byte[]> to, byte[] text) throws SSLException {
        ByteBuffer source = ByteBuffer.wrap(text);
        while (source.hasRemaining()) {
            wrap(engine, source, to);
        }
    }

    /** Runs until neither side has anything to send or to read. */
    private void pump() throws SSLException {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            boolean moved = step(client, toClient, toServer, answered);
            moved |= step(server, toServer, toClient, served);
            if (!moved) {
                if (isIdle(client) && isIdle(server)) {
                    return;
                }
                if (!datagrams) {
                    throw new SSLException(
                            "both wait: " + client.getHandshakeStatus() + ", " + server.getHandshakeStatus());
                }
                // Simulates a timer (RFC 6347, 4.2.4): wrap sends the last flight again.
                wrap(isIdle(client) ? server : client, ByteBuffer.allocate(0), isIdle(client) ? toClient : toServer);
            }
        }
        throw new SSLException("no end: " + client.getHandshakeStatus() + ", " + server.getHandshakeStatus());
    }

    private static boolean isIdle(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING || engine.isOutboundDone();
    }

    private boolean step(SSLEngine engine, Deque<byte[]> in, Deque<byte[]> out, StringBuilder text)
            throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                FutureTask<@Nullable Void> running = new FutureTask<>(task, null);
                tasks.execute(running);
                await(running);
            }
            return true;
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            int before = out.size();
            wrap(engine, ByteBuffer.allocate(0), out);
            return out.size() > before || engine.getHandshakeStatus() != status;
        }
        if (status.name().equals("NEED_UNWRAP_AGAIN")) {
            unwrap(engine, new byte[0], text);
            return true;
        }
        if (in.isEmpty() || engine.isInboundDone()) {
            in.clear();
            return false;
        }
        byte[] rest = unwrap(engine, in.remove(), text);
        if (rest.length > 0) {
            in.addFirst(rest);
        }
        return true;
    }

    private static void await(FutureTask<@Nullable Void> running) throws SSLException {
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new SSLException("delegated task", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SSLException(e);
        }
    }

    private void wrap(SSLEngine engine, ByteBuffer source, Deque<byte[]> out) throws SSLException {
        ByteBuffer target = buffer(ROOM);
        SSLEngineResult result = engine.wrap(source, target);
        if (result.bytesProduced() > 0) {
            byte[] produced = bytes(target);
            if (losses > 0 && out.isEmpty() && datagrams) {
                losses--;
                return;
            }
            out.add(produced);
        }
    }

    private void drain(SSLEngine engine, Deque<byte[]> out) {
        try {
            wrap(engine, ByteBuffer.allocate(0), out);
        } catch (SSLException again) {
            try {
                wrap(engine, ByteBuffer.allocate(0), out);
            } catch (SSLException none) {
                // the engine had no alert to send
            }
        }
    }

    private byte[] unwrap(SSLEngine engine, byte[] received, StringBuilder text) throws SSLException {
        ByteBuffer source = buffer(received.length);
        source.put(received);
        ((java.nio.Buffer) source).flip();
        ByteBuffer target = ByteBuffer.allocate(ROOM);
        engine.unwrap(source, target);
        ((java.nio.Buffer) target).flip();
        text.append(StandardCharsets.US_ASCII.decode(target));
        byte[] rest = new byte[source.remaining()];
        source.get(rest);
        return rest;
    }

    private ByteBuffer buffer(int size) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    private static byte[] bytes(ByteBuffer filled) {
        ((java.nio.Buffer) filled).flip();
        byte[] copy = new byte[filled.remaining()];
        filled.get(copy);
        return copy;
    }
}
