package dev.tlscope.it.life;

import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Connections that are open when an agent attaches: {@code --pki DIR}. Opens one for each thing that can happen to it
 * later, prints {@code PORT what} for each and {@code ready}; after a line on standard input it lets these happen,
 * resumes the sessions in new connections, and prints {@code done}.
 */
final class LateRun {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLContext context;
    private final ExecutorService accepting = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "late-server");
        thread.setDaemon(true);
        return thread;
    });

    private LateRun(SSLContext context) {
        this.context = context;
    }

    public static void main(String[] line) throws Exception {
        Arguments arguments = Arguments.parse(line, Collections.singletonList("--pki"), Collections.emptyList());
        PkiDirectory pki = new PkiDirectory(Paths.get(arguments.required("--pki")));
        LateRun run = new LateRun(TlsContexts.of(pki.root(), pki.identity("server-rsa")));
        List<Open> open = new ArrayList<>();
        open.add(run.open("key-update", "TLSv1.3"));
        open.add(run.open("renegotiation", "TLSv1.2"));
        open.add(run.open("close-13", "TLSv1.3"));
        open.add(run.open("close-12", "TLSv1.2"));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (in.readLine() == null) {
            return;
        }
        for (Open each : open) {
            if (!each.what.startsWith("close")) {
                each.client.startHandshake();
                echo(each.client);
            }
            each.client.close();
            each.serving.get();
        }
        run.again(open.get(2));
        run.again(open.get(3));
        for (Open each : open) {
            each.listener.close();
        }
        System.out.println("done");
    }

    private Open open(String what, String protocol) throws IOException {
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, 8, ServerSide.loopback(0).getAddress());
        listener.setEnabledProtocols(new String[] {protocol});
        Open made = connect(listener, what);
        System.out.println(listener.getLocalPort() + " " + what);
        return made;
    }

    /** Connects to the same server: the client resumes its session. */
    private void again(Open earlier) throws Exception {
        Open resumed = connect(earlier.listener, "resumed");
        resumed.client.close();
        resumed.serving.get();
    }

    private Open connect(SSLServerSocket listener, String what) throws IOException {
        Future<?> serving = accepting.submit((Callable<Void>) () -> {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    socket.getOutputStream().write(b);
                }
            }
            return null;
        });
        SSLSocket client =
                (SSLSocket) context.getSocketFactory().createSocket(listener.getInetAddress(), listener.getLocalPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        echo(client);
        return new Open(what, listener, client, serving);
    }

    private static void echo(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(7);
        if (socket.getInputStream().read() != 7) {
            throw new IOException("no echo");
        }
    }

    /** A connection and what is to happen to it. */
    private static final class Open {
        private final String what;
        private final SSLServerSocket listener;
        private final SSLSocket client;
        private final Future<?> serving;

        Open(String what, SSLServerSocket listener, SSLSocket client, Future<?> serving) {
            this.what = what;
            this.listener = listener;
            this.client = client;
            this.serving = serving;
        }
    }
}
