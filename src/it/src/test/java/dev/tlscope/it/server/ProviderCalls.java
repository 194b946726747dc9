package dev.tlscope.it.server;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/**
 * {@code ProviderCalls PKI KIND...}: an end of each kind, {@code bc|conscrypt|netty|wrapped|jsse} and {@code -engine|-socket}, as
 * client and as server of JSSE, in TLS 1.2 and 1.3, with each fault. With {@code +input} for a kind it waits for a line. It uses
 * only Java 8, because its test compiles it for old JDKs too. An end of kind {@code nettylog-engine} has a key log callback.
 */
public final class ProviderCalls {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<String> VERSIONS = Arrays.asList("TLSv1.2", "TLSv1.3");
    private static final List<String> FAULTS =
            Arrays.asList("none", "authority", "host", "expired", "protocol", "plaintext", "clientcert", "suite");

    private final Path pki;

    private ProviderCalls(Path pki) {
        this.pki = pki;
    }

    public static void main(String[] line) throws Exception {
        ProviderCalls calls = new ProviderCalls(Paths.get(line[0]));
        Scanner input = new Scanner(System.in, "UTF-8");
        System.out.println("ready");
        for (String kind : Arrays.asList(line).subList(1, line.length)) {
            if (kind.equals("+input")) {
                input.nextLine();
                System.out.println("next");
                continue;
            }
            for (String version : VERSIONS) {
                for (String fault : FAULTS) {
                    calls.play(kind, true, version, fault);
                    calls.play(kind, false, version, fault);
                }
            }
        }
        System.out.println("done");
    }

    /** One connection over a socket; both ends print how the handshake ended. */
    private void play(String kind, boolean isClient, String version, String fault) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket near = new Socket(listener.getInetAddress(), listener.getLocalPort());
            Socket far = listener.accept();
            near.setSoTimeout(20_000);
            far.setSoTimeout(20_000);
            Socket client = near;
            Socket server = far;
            String other = version.equals("TLSv1.3") ? "TLSv1.2" : "TLSv1.3";
            Thread peer = new Thread(() -> {
                String theirs = fault.equals("protocol") ? other : version;
                end("jsse-socket", isClient ? server : client, !isClient, theirs, fault, fault.equals("plaintext"));
            });
            peer.start();
            String ended = end(kind, isClient ? client : server, isClient, version, fault, false);
            peer.join();
            System.out.println("cell " + kind + " " + (isClient ? "client" : "server") + " " + version + " " + fault
                    + " " + client.getLocalPort() + "-" + listener.getLocalPort() + ": " + ended);
        }
    }

    private String end(String kind, Socket socket, boolean isClient, String version, String fault, boolean plain) {
        try (Socket closing = socket) {
            String ended = talk(kind, closing, isClient, version, fault, plain);
            drain(closing);
            return ended;
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String talk(String kind, Socket closing, boolean isClient, String version, String fault, boolean plain) {
        try {
            if (plain) {
                String text =
                        isClient ? "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" : "HTTP/1.1 400 Bad Request\r\n\r\n";
                closing.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                closing.getInputStream().read();
                return "plain";
            }
            String server = fault.equals("authority")
                    ? "untrusted-rsa"
                    : fault.equals("host") ? "other-rsa" : fault.equals("expired") ? "expired-rsa" : "server-rsa";
            if (kind.endsWith("-socket")) {
                SSLContext context = context(kind, server, isClient);
                SSLSocket made = (SSLSocket)
                        context.getSocketFactory().createSocket(closing, "localhost", closing.getPort(), false);
                made.setUseClientMode(isClient);
                made.setSSLParameters(parameters(made.getSSLParameters(), isClient, version, fault));
                made.startHandshake();
                made.getOutputStream().write('x');
                int got = made.getInputStream().read();
                made.close();
                return "ok " + (char) got;
            }
            EnginePump pump = new EnginePump(engine(kind, server, isClient, version, fault), closing);
            pump.run();
            return "ok " + pump.exchange();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** A socket that is closed with bytes unread resets the connection, and the peer may lose the alert. */
    private static void drain(Socket socket) {
        try {
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // not wanted
            }
        } catch (IOException e) {
            // the peer has closed it
        }
    }

    private SSLEngine engine(String kind, String server, boolean isClient, String version, String fault)
            throws Exception {
        if (kind.startsWith("netty")) {
            SslContextBuilder builder = isClient
                    ? SslContextBuilder.forClient().trustManager(trust())
                    : SslContextBuilder.forServer(keys(server));
            SslContext context =
                    builder.sslProvider(SslProvider.OPENSSL).protocols(version).build();
            if (kind.startsWith("nettylog")) {
                logKeys(context);
            }
            SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", 443);
            engine.setSSLParameters(parameters(engine.getSSLParameters(), isClient, version, fault));
            return engine;
        }
        SSLEngine engine = context(kind, server, isClient).createSSLEngine("localhost", 443);
        engine.setUseClientMode(isClient);
        engine.setSSLParameters(parameters(engine.getSSLParameters(), isClient, version, fault));
        return kind.startsWith("wrapped") ? new ThinEngine(engine) : engine;
    }

    /** Sets a key log callback of our own, as an application may; what it gets is printed. */
    private static void logKeys(SslContext context) throws Exception {
        Field pointer = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
        pointer.setAccessible(true);
        io.netty.internal.tcnative.SSLContext.setKeyLogCallback(
                pointer.getLong(context),
                (ssl, line) -> System.out.println(
                        "own " + new String(line, StandardCharsets.US_ASCII).replaceFirst(" .*", "")));
    }

    private static SSLParameters parameters(SSLParameters parameters, boolean isClient, String version, String fault) {
        parameters.setProtocols(new String[] {version});
        parameters.setNeedClientAuth(fault.equals("clientcert") && !isClient);
        if (fault.equals("suite")) {
            String last = isClient ? "_128_GCM_SHA256" : "_256_GCM_SHA384";
            parameters.setCipherSuites(
                    new String[] {(version.equals("TLSv1.3") ? "TLS_AES" : "TLS_ECDHE_RSA_WITH_AES") + last});
        }
        if (isClient) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        return parameters;
    }

    private SSLContext context(String kind, String server, boolean isClient) throws Exception {
        SSLContext context = kind.startsWith("jsse") || kind.startsWith("wrapped")
                ? SSLContext.getInstance("TLS")
                : SSLContext.getInstance("TLS", provider(kind));
        context.init(isClient ? null : keys(server).getKeyManagers(), trust().getTrustManagers(), null);
        return context;
    }

    private static Provider provider(String kind) throws Exception {
        return kind.startsWith("bc")
                ? new BouncyCastleJsseProvider(new BouncyCastleProvider())
                : Conscrypt.newProvider();
    }

    private KeyManagerFactory keys(String name) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509", "SunJSSE");
        factory.init(store(name), PASSWORD);
        return factory;
    }

    private TrustManagerFactory trust() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        factory.init(store("trust"));
        return factory;
    }

    private KeyStore store(String name) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(pki.resolve(name + ".p12"))) {
                store.load(in, PASSWORD);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
