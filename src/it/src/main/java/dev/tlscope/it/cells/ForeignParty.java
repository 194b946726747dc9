package dev.tlscope.it.cells;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program of another TLS implementation as one end of a cell. It is started for the cell, and its bytes are copied
 * between it and the line.
 */
final class ForeignParty implements Party {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int RETRY_MILLIS = 20;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Below the ephemeral ports of any usual system. */
    private static final int LEAST_PORT = 10_000;

    private static final int PORTS = 20_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(PORTS));

    private final boolean server;
    private final ProgramCommand command;

    /** The program's command line. */
    interface ProgramCommand {
        List<String> at(int port, String serverName);
    }

    private ForeignParty(boolean server, ProgramCommand command) {
        this.server = server;
        this.command = command;
    }

    /** A program that listens at a port of 127.0.0.1. */
    static ForeignParty server(ProgramCommand command) {
        return new ForeignParty(true, command);
    }

    /** A program that connects to a port of 127.0.0.1. */
    static ForeignParty client(ProgramCommand command) {
        return new ForeignParty(false, command);
    }

    @Override
    public void play(Line line) throws Exception {
        if (server) {
            int port = freePort();
            carry(line, command.at(port, line.name()), () -> connect(new InetSocketAddress(LOOPBACK, port)));
            return;
        }
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            listener.setSoTimeout(PATIENCE_MILLIS);
            carry(line, command.at(listener.getLocalPort(), line.name()), listener::accept);
        }
    }

    private static void carry(Line line, List<String> command, Callable<Socket> opening) throws Exception {
        Process process = start(command);
        try (Socket socket = opening.call()) {
            Thread back = new Thread(() -> fromProgram(socket, line), "from the program");
            back.start();
            toProgram(line, socket);
            back.join(PATIENCE_MILLIS);
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /**
     * A free port, because gnutls-serv does not print the one that it chose. No other program takes it meanwhile: the
     * kernel does not assign such ports, and every call returns another one.
     */
    private static int freePort() throws IOException {
        for (int tried = 0; ; tried++) {
            int port = LEAST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            try (ServerSocket listener = new ServerSocket(port, 1, LOOPBACK)) {
                return listener.getLocalPort();
            } catch (BindException taken) {
                if (tried == PORTS) {
                    throw taken;
                }
            }
        }
    }

    /** Keeps the program's standard input open: these programs close the connection at its end. */
    private static Process start(List<String> line) throws IOException {
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    private static Socket connect(InetSocketAddress address) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (true) {
            try {
                return new Socket(address.getAddress(), address.getPort());
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    /**
     * Reads bytes even when the program no longer does; otherwise the other end would block in a write and never read
     * the alert.
     */
    private static void toProgram(Line line, Socket socket) {
        byte[] block = new byte[16 * 1024];
        boolean gone = false;
        try {
            int count;
            while ((count = read(line, block)) >= 0) {
                gone = gone || !write(socket, block, count);
            }
            socket.shutdownOutput();
        } catch (IOException over) {
            // one end closed first; the program's last bytes are still copied
        }
    }

    private static boolean write(Socket socket, byte[] block, int count) {
        try {
            socket.getOutputStream().write(block, 0, count);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static void fromProgram(Socket socket, Line line) {
        byte[] block = new byte[16 * 1024];
        try {
            InputStream in = socket.getInputStream();
            int count;
            while ((count = in.read(block)) >= 0) {
                write(line, block, count);
            }
            line.socket().shutdownOutput();
        } catch (IOException gone) {
            // the other end closed first
        }
    }

    /** Reads from the channel itself, because a channel's streams block each other. */
    private static int read(Line line, byte[] block) throws IOException {
        SocketChannel channel = line.channel();
        return channel == null ? line.socket().getInputStream().read(block) : channel.read(ByteBuffer.wrap(block));
    }

    private static void write(Line line, byte[] block, int count) throws IOException {
        SocketChannel channel = line.channel();
        if (channel == null) {
            line.socket().getOutputStream().write(block, 0, count);
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, count);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A list that grows. */
    static List<String> words(String... first) {
        return new ArrayList<>(Arrays.asList(first));
    }
}
