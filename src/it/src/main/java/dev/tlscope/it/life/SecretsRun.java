package dev.tlscope.it.life;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.tlscope.demo.pki.PkiDirectory;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * {@code SecretsRun PKI-DIR}: an application whose secrets are known, on both ends of its connections. Each line on standard input is a command:
 *
 * <pre>
 * own            prints what no capture may have, each as {@code secret NAME HEX}, and then {@code done}
 * tickets        prints the keys with which JSSE encrypts what is in its session tickets, in the same way, and then {@code done}
 * load           loads a store with a wrong password, and with the right one
 * call VERSION   a full handshake and a resumed one, with client authentication; prints {@code ok} or the failure
 * dump FILE      a heap dump of what is reachable
 * forget         drops all contexts, and collects the garbage
 * </pre>
 */
public final class SecretsRun {
    private static final String PASSWORD = "Zebra-Quartz-7731-Umlaut";
    private static final String WRONG = "Walrus-Violet-4402-Wrong";

    private final PkiDirectory pki;
    private final String[] names = {"server-rsa", "server-ec", "client"};
    private @Nullable SSLContext server;
    private @Nullable SSLContext client;

    private SecretsRun(PkiDirectory pki) {
        this.pki = pki;
    }

    public static void main(String[] line) throws Exception {
        SecretsRun run = new SecretsRun(new PkiDirectory(Paths.get(line[0])));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            String[] words = command.split(" ", 2);
            System.out.println(run.answer(words[0], words.length > 1 ? words[1] : ""));
        }
    }

    private String answer(String command, String argument) throws Exception {
        switch (command) {
            case "own":
                printOwn();
                return "done";
            case "tickets":
                printTicketKeys();
                return "done";
            case "load":
                return load();
            case "call":
                return call(argument);
            case "dump":
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(argument, true);
                return "dumped";
            case "forget":
                server = null;
                client = null;
                System.gc();
                System.runFinalization(); // JDK 17's SSLSocket has a finalizer, which keeps it and its keys until then
                System.gc();
                return "forgotten";
            default:
                return "unknown " + command;
        }
    }

    private void printOwn() throws GeneralSecurityException, IOException {
        for (String name : names) {
            Key key = pki.identity(name).key();
            if (key instanceof RSAPrivateCrtKey) {
                RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
                print(name + ".d", rsa.getPrivateExponent());
                print(name + ".p", rsa.getPrimeP());
                print(name + ".q", rsa.getPrimeQ());
                print(name + ".dp", rsa.getPrimeExponentP());
                print(name + ".qinv", rsa.getCrtCoefficient());
            } else {
                print(name + ".s", ((ECPrivateKey) key).getS());
            }
        }
        print("password", new BigInteger(1, PASSWORD.getBytes(StandardCharsets.US_ASCII)));
        print("wrong-password", new BigInteger(1, WRONG.getBytes(StandardCharsets.US_ASCII)));
    }

    /** JSSE keeps them with the sessions of the server's context (SSLSessionContextImpl, JDK 17). */
    private void printTicketKeys() throws ReflectiveOperationException {
        SSLContext serving = server;
        Object sessions = serving == null ? "" : serving.getServerSessionContext();
        for (Field field : sessions.getClass().getDeclaredFields()) {
            if (Map.class.isAssignableFrom(field.getType())) {
                field.setAccessible(true);
                for (Object ticketKey : ((Map<?, ?>) field.get(sessions)).values()) {
                    Field key = ticketKey.getClass().getDeclaredField("key");
                    key.setAccessible(true);
                    print("ticket-key", new BigInteger(1, ((Key) key.get(ticketKey)).getEncoded()));
                }
            }
        }
    }

    private static void print(String name, BigInteger value) {
        System.out.println("secret " + name + " " + value.toString(16));
    }

    /** Its stores have a password of their own. */
    private String load() throws GeneralSecurityException, IOException {
        server = context("server-rsa", "server-ec");
        client = context("client");
        byte[] store = store("client");
        try {
            KeyStore.getInstance("PKCS12").load(new ByteArrayInputStream(store), WRONG.toCharArray());
            return "the wrong password fits";
        } catch (IOException expected) {
            return "loaded";
        }
    }

    private SSLContext context(String... identities) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(store(identities)), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("root", pki.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private byte[] store(String... identities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (String name : identities) {
            store.setKeyEntry(
                    name,
                    pki.identity(name).key(),
                    PASSWORD.toCharArray(),
                    pki.identity(name).chain().toArray(new X509Certificate[0]));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        return bytes.toByteArray();
    }

    private String call(String version) throws IOException, InterruptedException {
        SSLContext serving = server;
        SSLContext calling = client;
        if (serving == null || calling == null) {
            return "nothing is loaded";
        }
        try (SSLServerSocket listener = (SSLServerSocket)
                serving.getServerSocketFactory().createServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            listener.setEnabledProtocols(new String[] {version});
            Thread accepting = new Thread(() -> accept(listener));
            accepting.start();
            for (int i = 0; i < 2; i++) {
                try (SSLSocket socket = (SSLSocket) calling.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                    socket.getOutputStream().write("?".getBytes(StandardCharsets.US_ASCII));
                    if (socket.getInputStream().read() != '!') {
                        return "no answer";
                    }
                }
            }
            accepting.join();
            return "ok";
        }
    }

    private static void accept(SSLServerSocket listener) {
        for (int i = 0; i < 2; i++) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write("!".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                System.err.println("server: " + e);
            }
        }
    }
}
