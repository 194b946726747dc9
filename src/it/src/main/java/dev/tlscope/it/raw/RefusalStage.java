package dev.tlscope.it.raw;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One case in one version over one transport: opens its connections, all with one SSLContext and one port. */
final class RefusalStage implements AutoCloseable {
    private final RefusalCase played;
    private final TlsVersion version;
    private final boolean engine;
    private final RawPki pki;
    private final SSLContext context;
    private final ExecutorService threads;
    private final ServerSocket listener;
    private final List<JsseEnd> open = new ArrayList<>();

    RefusalStage(RefusalCase played, TlsVersion version, boolean engine, RawPki pki, ExecutorService threads)
            throws GeneralSecurityException, IOException {
        this.played = played;
        this.version = version;
        this.engine = engine;
        this.pki = pki;
        this.threads = threads;
        this.context = pki.context(played.isClient());
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /**
     * Plays the case, and prints its name and the outcomes of script and JSSE, separated by tabs; true if JSSE refused
     * it.
     */
    boolean play() throws IOException {
        String script = "done";
        try {
            played.script().play(this);
        } catch (IOException e) {
            script = "ended: " + e;
        } catch (Exception e) {
            script = "broken: " + ExceptionText.of(e) + ' ' + e.getStackTrace()[0];
        }
        String outcome = JsseEnd.NO_REFUSAL;
        for (JsseEnd end : open) {
            outcome = end.outcome();
        }
        System.out.println(String.join(
                "\t",
                "case",
                played.name(),
                version.jsse(),
                engine ? "engine" : "socket",
                played.isClient() ? "client" : "server",
                name(),
                script,
                outcome));
        return !outcome.equals(JsseEnd.NO_REFUSAL);
    }

    RawClient client() throws GeneralSecurityException, IOException {
        return new RawClient(version, pki, connect(), name());
    }

    RawClient12 client12() throws GeneralSecurityException, IOException {
        return new RawClient12(version, pki, connect(), name());
    }

    RawClient13 client13() throws GeneralSecurityException, IOException {
        return new RawClient13(pki, connect(), name());
    }

    RawServer server() throws GeneralSecurityException, IOException {
        return new RawServer(version, pki, connect());
    }

    RawServer12 server12() throws GeneralSecurityException, IOException {
        return new RawServer12(version, pki, connect());
    }

    RawServer13 server13() throws GeneralSecurityException, IOException {
        return new RawServer13(pki, connect());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** The name that a client requests, and the peer host in JSSE, which identifies a connection in the capture. */
    private String name() {
        return String.join(
                ".", played.name(), version.name().toLowerCase(Locale.ROOT), engine ? "engine" : "socket", "raw.test");
    }

    private JsseEnd connect() throws IOException {
        JsseEnd end = engine ? engineEnd() : socketEnd();
        open.add(end);
        return end;
    }

    private JsseEnd engineEnd() throws IOException {
        SSLEngine made = context.createSSLEngine(name(), listener.getLocalPort());
        made.setUseClientMode(played.isClient());
        SSLParameters parameters = made.getSSLParameters();
        settings().accept(parameters);
        made.setSSLParameters(parameters);
        return new JsseEngineEnd(made);
    }

    private JsseEnd socketEnd() throws IOException {
        Socket calling = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket called = listener.accept();
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(played.isClient() ? calling : called, name(), listener.getLocalPort(), true);
        socket.setUseClientMode(played.isClient());
        SSLParameters parameters = socket.getSSLParameters();
        settings().accept(parameters);
        socket.setSSLParameters(parameters);
        return new JsseSocketEnd(played.isClient() ? called : calling, socket, threads);
    }

    private Consumer<SSLParameters> settings() {
        String[] protocols = version == TlsVersion.TLS12 || version == TlsVersion.TLS13
                ? new String[] {TlsVersion.TLS12.jsse(), TlsVersion.TLS13.jsse()}
                : new String[] {version.jsse()};
        Consumer<SSLParameters> versions = parameters -> parameters.setProtocols(protocols);
        return versions.andThen(played.settings());
    }
}
