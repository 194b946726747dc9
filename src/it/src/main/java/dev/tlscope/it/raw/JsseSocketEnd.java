package dev.tlscope.it.raw;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;

/** JSSE as an SSLSocket on its own thread; it performs the handshake, and then reads to the end. */
final class JsseSocketEnd implements JsseEnd {
    static final int PATIENCE_MILLIS = 10_000;

    private final Socket wire;
    private final Future<String> jsse;

    /** @param wire the other end of the TCP connection below the SSLSocket */
    JsseSocketEnd(Socket wire, SSLSocket socket, ExecutorService threads) throws IOException {
        this.wire = wire;
        wire.setSoTimeout(PATIENCE_MILLIS);
        wire.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        Callable<String> use = () -> use(socket);
        this.jsse = threads.submit(use);
    }

    @Override
    public void send(byte... bytes) throws IOException {
        wire.getOutputStream().write(bytes);
    }

    @Override
    public byte[] receive(int count) throws IOException {
        byte[] bytes = new byte[count];
        new DataInputStream(wire.getInputStream()).readFully(bytes);
        return bytes;
    }

    @Override
    public void endInput() throws IOException {
        wire.shutdownOutput();
    }

    /** Reads what JSSE still sends: closing with unread bytes would reset the connection. */
    @Override
    public String outcome() throws IOException {
        try {
            byte[] rest = new byte[4096];
            InputStream in = wire.getInputStream();
            while (in.read(rest) >= 0) {
                // until JSSE closes
            }
        } catch (IOException reset) {
            // then it has closed as well
        }
        wire.close();
        try {
            return jsse.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the JSSE thread does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String use(SSLSocket socket) throws IOException {
        try {
            socket.startHandshake();
            byte[] received = new byte[4096];
            while (socket.getInputStream().read(received) >= 0) {
                // the raw peer's outcome is enough
            }
            return NO_REFUSAL;
        } catch (IOException | RuntimeException e) {
            return ExceptionText.of(e);
        } finally {
            socket.close();
        }
    }
}
