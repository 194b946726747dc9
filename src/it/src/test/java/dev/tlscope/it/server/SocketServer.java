package dev.tlscope.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Threads over SSLSockets that keep connections alive; it closes them with close_notify, or closes the TCP socket below TLS. */
final class SocketServer implements HttpsService {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SSLContext context;
    private final boolean notify;

    SocketServer(Calls calls, boolean notify) throws Exception {
        this.context = calls.context();
        this.notify = notify;
        threads.execute(this::accept);
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void stop() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket accepted = listener.accept();
                threads.execute(() -> serve(accepted));
            }
        } catch (IOException e) {
            // it was stopped
        }
    }

    private void serve(Socket accepted) {
        try (accepted) {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            boolean last = false;
            for (String line = in.readLine(); line != null && !last; line = in.readLine()) {
                last = line.startsWith("GET") && line.endsWith("HTTP/1.0");
                boolean close = false;
                while (!line.isEmpty()) {
                    close |= line.equalsIgnoreCase("Connection: close");
                    line = in.readLine();
                }
                last |= close;
                socket.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + (last ? "Connection: close\r\n" : "")
                                        + "\r\nok")
                                .getBytes(StandardCharsets.US_ASCII));
                if (last) {
                    break;
                }
            }
            if (notify) {
                socket.close();
            }
        } catch (IOException e) {
            // a client that closes without close_notify, or resets
        }
    }
}
