package dev.tlscope.it.listen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An application with a log of its own and calls that fail: {@code FailingCalls PKI-DIR slf4j|jul|tls|system|none}. It uses no class but the
 * JDK's and itself, so that it runs in any class loader. Each line on standard input is a command, answered with one line:
 *
 * <pre>
 * log TEXT         the application logs a line; the first one initialises its log
 * call IDENTITY    a call to a server with that key store; localhost is asked for
 * versions         a TLS 1.2 client calls a TLS 1.3 server
 * boot             starts Spring Boot, with its logging system
 * bean NAME        an attribute of the MBean, as this JVM's own MBean server has it
 * published        how many lines the handler of the kind tls has had
 * </pre>
 */
public final class FailingCalls {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int TIMEOUT_MILLIS = 20_000;

    private final AtomicInteger published = new AtomicInteger();

    private final String pki;
    private final String kind;
    private @Nullable Handler handler;

    /** The application's logger: System.Logger or java.util.logging's, which the JDK itself keeps weakly. */
    private @Nullable Object system;

    private @Nullable Logger jul;

    /** What Spring Boot makes a bean of. */
    public static final class BootConfiguration {}

    /** An application with its key stores in that directory. */
    public FailingCalls(String pki, String kind) {
        this.pki = pki;
        this.kind = kind;
    }

    public static void main(String[] line) throws Exception {
        new FailingCalls(line[0], line[1]).serve();
    }

    /** Carries out the commands until the end of the input. */
    public void serve() throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            System.out.println(answer(command));
        }
    }

    /** Carries out a command; returns its answer. */
    public String answer(String command) throws Exception {
        String[] words = command.split(" ", 2);
        switch (words[0]) {
            case "log":
                log(words[1]);
                return "logged";
            case "call":
                return call(words[1], "TLSv1.2", "TLSv1.2");
            case "versions":
                return call("server-rsa", "TLSv1.3", "TLSv1.2");
            case "boot":
                Class.forName("org.springframework.boot.SpringApplication")
                        .getMethod("run", Class.class, String[].class)
                        .invoke(null, BootConfiguration.class, new String[0]);
                return "booted";
            case "bean":
                return bean(words[1]);
            case "published":
                return "published " + published.get();
            default:
                return "unknown " + command;
        }
    }

    /** By reflection: which of the logs there is depends on the class path. */
    private void log(String text) throws ReflectiveOperationException {
        switch (kind) {
            case "slf4j":
                ClassLoader loader = Thread.currentThread().getContextClassLoader();
                Object logger = Class.forName("org.slf4j.LoggerFactory", true, loader)
                        .getMethod("getLogger", String.class)
                        .invoke(null, "app");
                Class.forName("org.slf4j.Logger", true, loader)
                        .getMethod("info", String.class)
                        .invoke(logger, text);
                break;
            case "tls":
                if (handler == null) {
                    handler = new TlsHandler();
                    Logger.getLogger("").addHandler(handler);
                }
                jul().info(text);
                break;
            case "jul":
                jul().info(text);
                break;
            case "system":
                if (system == null) {
                    system = System.class.getMethod("getLogger", String.class).invoke(null, "app");
                }
                Class<?> levels = Class.forName("java.lang.System$Logger$Level");
                Class.forName("java.lang.System$Logger")
                        .getMethod("log", levels, String.class)
                        .invoke(system, levels.getField("INFO").get(null), text);
                break;
            default:
                throw new IllegalArgumentException("this application has no log");
        }
    }

    private Logger jul() {
        if (jul == null) {
            jul = Logger.getLogger("app");
        }
        return jul;
    }

    private static String bean(String attribute) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("dev.tlscope:type=Capture");
        return server.isRegistered(name) ? attribute + "=" + server.getAttribute(name, attribute) : "no bean";
    }

    private String call(String identity, String serverProtocol, String clientProtocol) throws Exception {
        SSLContext serving = context(load(identity), null);
        SSLContext calling = context(null, load("trust"));
        try (SSLServerSocket listener =
                (SSLServerSocket) serving.getServerSocketFactory().createServerSocket(0)) {
            listener.setEnabledProtocols(new String[] {serverProtocol});
            Thread accepting = new Thread(() -> serve(listener), "serving");
            accepting.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            accepting.start();
            String outcome = connect(calling, listener.getLocalPort(), clientProtocol);
            accepting.join();
            return outcome;
        }
    }

    private static String connect(SSLContext context, int port, String protocol) {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setEnabledProtocols(new String[] {protocol});
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getInputStream().read();
            return "ok " + socket.getSession().getProtocol();
        } catch (IOException e) {
            return "failed " + e;
        }
    }

    private static void serve(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write('x');
        } catch (IOException e) {
            // the client says how it failed
        }
    }

    private static SSLContext context(@Nullable KeyStore keys, @Nullable KeyStore trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trust);
        context.init(keyManagers.getKeyManagers(), trust == null ? null : trustManagers.getTrustManagers(), null);
        return context;
    }

    /** A handler that sends each line over TLS, and never succeeds: the collector's certificate is not trusted. */
    private final class TlsHandler extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (!record.getLoggerName().equals("dev.tlscope")) {
                return;
            }
            published.incrementAndGet();
            try {
                call("untrusted-rsa", "TLSv1.2", "TLSv1.2");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void flush() {
            // keeps nothing
        }

        @Override
        public void close() {
            // keeps nothing
        }
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Paths.get(pki, name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
