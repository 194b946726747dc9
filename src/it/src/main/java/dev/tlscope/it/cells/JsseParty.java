package dev.tlscope.it.cells;

import dev.tlscope.demo.tls.EngineChannel;
import dev.tlscope.demo.tls.SocketConnection;
import dev.tlscope.demo.tls.TlsConnection;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client or server of JSSE, over SSLSocket or SSLEngine depending on the line. It performs one handshake and sends
 * one byte each way.
 */
final class JsseParty implements Party {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final boolean client;
    private KeyManager @Nullable [] keys;
    private TrustManager @Nullable [] trust;
    private @Nullable SSLContext context;
    private String @Nullable [] protocols;
    private @Nullable String name;
    private int timeoutMillis = TIMEOUT_MILLIS;
    private Consumer<SSLParameters> settings = parameters -> {};
    private Talk talk;

    /** What follows a handshake. */
    interface Talk {
        void with(TlsConnection connection, Line line) throws Exception;
    }

    private JsseParty(boolean client) {
        this.client = client;
        this.talk = client ? JsseParty::ask : JsseParty::answer;
    }

    static JsseParty client() {
        return new JsseParty(true);
    }

    static JsseParty server() {
        return new JsseParty(false);
    }

    /** Sets the keys that it presents, through the JDK's own key manager. */
    JsseParty shows(Credential... credentials) throws GeneralSecurityException, IOException {
        return keys(Credential.managers(credentials));
    }

    JsseParty keys(KeyManager... managers) {
        keys = managers;
        return this;
    }

    /** Sets the anchors of the JDK's own trust manager; without arguments, an empty store. */
    JsseParty trusts(X509Certificate... anchors) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < anchors.length; i++) {
            store.setCertificateEntry("anchor-" + i, anchors[i]);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return trust(factory.getTrustManagers());
    }

    JsseParty trust(TrustManager... managers) {
        trust = managers;
        return this;
    }

    /** Uses a context that several handshakes share. */
    JsseParty in(SSLContext shared) {
        context = shared;
        return this;
    }

    JsseParty protocols(String... versions) {
        protocols = versions;
        return this;
    }

    /** Sets versions that apply if the cell names none. */
    JsseParty orProtocols(String... versions) {
        return protocols == null ? protocols(versions) : this;
    }

    JsseParty suites(String... suites) {
        return with(parameters -> parameters.setCipherSuites(suites));
    }

    JsseParty needsClientCertificate() {
        return with(parameters -> parameters.setNeedClientAuth(true));
    }

    JsseParty with(Consumer<SSLParameters> more) {
        settings = settings.andThen(more);
        return this;
    }

    /** Sets the host that it connects to by name, if that is not the cell's. */
    JsseParty to(String host) {
        name = host;
        return this;
    }

    JsseParty patience(int millis) {
        timeoutMillis = millis;
        return this;
    }

    JsseParty then(Talk other) {
        talk = other;
        return this;
    }

    @Override
    public void play(Line line) throws Exception {
        SSLContext made = context == null ? context() : context;
        // a failure elsewhere must not close it, because the peer would wait
        try (TlsConnection connection = open(made, line)) {
            connection.handshake();
            talk.with(connection, line);
        }
    }

    SSLContext context() throws GeneralSecurityException {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys == null ? new KeyManager[0] : keys, trust, null);
        return made;
    }

    private TlsConnection open(SSLContext made, Line line) throws IOException {
        String host = name == null ? line.name() : name;
        if (line.channel() != null) {
            SSLEngine engine = made.createSSLEngine(host, line.port());
            engine.setUseClientMode(client);
            engine.setSSLParameters(adjusted(engine.getSSLParameters(), line));
            return new EngineChannel(line.channel(), engine, timeoutMillis);
        }
        SSLSocket socket = (SSLSocket) made.getSocketFactory().createSocket(line.socket(), host, line.port(), true);
        socket.setUseClientMode(client);
        socket.setSSLParameters(adjusted(socket.getSSLParameters(), line));
        socket.setSoTimeout(timeoutMillis);
        return new SocketConnection(socket);
    }

    private SSLParameters adjusted(SSLParameters parameters, Line line) {
        if (protocols != null) {
            parameters.setProtocols(protocols);
        }
        if (client) {
            parameters.setServerNames(Collections.singletonList(new SNIHostName(line.name())));
        }
        settings.accept(parameters);
        return parameters;
    }

    private static void ask(TlsConnection connection, Line line) throws IOException {
        connection.output().write('?');
        if (connection.input().read() != '!') {
            throw new IOException("no answer");
        }
    }

    private static void answer(TlsConnection connection, Line line) throws IOException {
        if (connection.input().read() == '?') {
            connection.output().write('!');
            // reads the peer's close_notify, because our close could otherwise cut off its last records
            connection.input().read();
        }
    }
}
