package dev.tlscope.it.capture;

import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * {@code CoverageRun PKI-DIR [PREFIX]}: runs the cells of the coverage matrix one after the other, client and server in
 * this JVM, and prints a line for each: {@code CELL ok}, {@code CELL failed WHY} or {@code CELL na WHY}.
 */
final class CoverageRun {
    private static final int SMALL_PACKET = 700;
    private static final String HYBRID = "MLKEM768";

    private final Identity[] servers;
    private final Identity client;
    private final java.security.cert.X509Certificate root;

    private CoverageRun(PkiDirectory pki) throws GeneralSecurityException, IOException {
        servers = new Identity[] {pki.identity("server-rsa"), pki.identity("server-ec")};
        client = pki.identity("client");
        root = pki.root();
    }

    public static void main(String[] line) throws Exception {
        CoverageRun run = new CoverageRun(new PkiDirectory(Paths.get(line[0])));
        String prefix = line.length > 1 ? line[1] : "";
        for (MatrixCell cell : CoverageMatrix.all()) {
            if (cell.id.startsWith(prefix)) {
                System.out.println(cell + " " + run.outcome(cell));
            }
        }
        System.out.println("done");
    }

    private String outcome(MatrixCell cell) {
        try {
            String lack = run(cell);
            return lack == null ? "ok" : "na " + lack;
        } catch (IOException | ReflectiveOperationException | GeneralSecurityException | RuntimeException e) {
            return "failed " + e;
        }
    }

    /** Null if the cell passed, otherwise the reason why this JDK cannot play it. */
    private @Nullable String run(MatrixCell cell)
            throws IOException, ReflectiveOperationException, GeneralSecurityException {
        String kind = cell.isDatagram() ? "DTLS" : "TLS";
        if (cell.isDatagram() && Optional9.isMissing()) {
            return "no DTLS";
        }
        SSLContext clientContext = TlsContexts.of(kind, root, client);
        // An EC key is on a curve that may not be among the groups.
        SSLContext serverContext =
                isWithFewGroups(cell) ? TlsContexts.of(kind, root, servers[0]) : TlsContexts.of(kind, root, servers);
        SSLParameters supported = clientContext.getSupportedSSLParameters();
        if (!Arrays.asList(supported.getProtocols()).contains(cell.protocol)) {
            return "no " + cell.protocol;
        }
        if (!Arrays.asList(supported.getCipherSuites()).contains(cell.suite)) {
            return "no " + cell.suite;
        }
        SSLParameters offer = parameters(cell);
        SSLParameters terms = parameters(cell);
        offer.setServerNames(Collections.<SNIServerName>singletonList(new SNIHostName(cell.host())));
        String lack = prepare(cell, supported, offer, terms);
        if (lack != null) {
            return lack;
        }
        int connections = cell.what == MatrixCell.Case.RESUMED ? 2 : 1;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < connections; i++) {
                connect(cell, listener, clientContext, serverContext, offer, terms);
            }
        }
        return null;
    }

    private static boolean isWithFewGroups(MatrixCell cell) {
        return cell.group != null || cell.what == MatrixCell.Case.HELLO_RETRY;
    }

    private static SSLParameters parameters(MatrixCell cell) {
        return new SSLParameters(new String[] {cell.suite}, new String[] {cell.protocol});
    }

    private static @Nullable String prepare(
            MatrixCell cell, SSLParameters supported, SSLParameters offer, SSLParameters terms)
            throws ReflectiveOperationException {
        String[] both = {"secp256r1", "secp384r1"};
        if (isWithFewGroups(cell)) {
            String[] known = Optional9.namedGroups(supported);
            boolean byName = known.length > 0;
            if (!byName) {
                known = GroupConstraints.known();
            }
            if (cell.group != null && !isKnown(cell.group, Arrays.asList(known))) {
                return "no " + cell.group;
            }
            String[] one = {cell.group == null ? both[1] : cell.group};
            groups(offer, byName, cell.group == null ? both : one);
            groups(terms, byName, one);
        }
        switch (cell.what) {
            case CLIENT_AUTH:
                terms.setNeedClientAuth(true);
                break;
            case FRAGMENTED:
                if (Optional9.isMissing()) {
                    return "no choice of the packet size";
                }
                Optional9.packetSize(offer, SMALL_PACKET);
                Optional9.packetSize(terms, SMALL_PACKET);
                break;
            case V2_HELLO:
                if (!Arrays.asList(supported.getProtocols()).contains("SSLv2Hello")) {
                    return "no SSLv2Hello";
                }
                if (cell.protocol.equals("TLSv1.2") && Optional9.version() >= 26) {
                    return "no TLSv1.2 without signature_algorithms";
                }
                String[] protocols = {"SSLv2Hello", cell.protocol};
                offer.setProtocols(protocols);
                terms.setProtocols(protocols);
                break;
            default:
                break;
        }
        return null;
    }

    /** JSSE lists the groups that it enables by default; a JDK that has one hybrid group has all of them. */
    private static boolean isKnown(String group, List<String> listed) {
        return listed.contains(group)
                || (group.endsWith(HYBRID) && listed.stream().anyMatch(name -> name.endsWith(HYBRID)));
    }

    private static void groups(SSLParameters parameters, boolean byName, String... groups)
            throws ReflectiveOperationException {
        if (byName) {
            Optional9.namedGroups(parameters, groups);
        } else {
            parameters.setAlgorithmConstraints(new GroupConstraints(groups));
        }
    }

    private static void connect(
            MatrixCell cell,
            ServerSocket listener,
            SSLContext clientContext,
            SSLContext serverContext,
            SSLParameters offer,
            SSLParameters terms)
            throws IOException {
        CellConnection connection;
        if (cell.link == MatrixCell.Link.SOCKET) {
            connection = new SocketPair(listener, clientContext, serverContext, cell.host(), offer, terms);
        } else {
            SSLEngine calling = engine(clientContext, cell, offer, true);
            SSLEngine serving = engine(serverContext, cell, terms, false);
            EnginePair pair = new EnginePair(calling, serving, cell.isDatagram(), cell.link == MatrixCell.Link.DIRECT);
            pair.lose(cell.what == MatrixCell.Case.RETRANSMITTED ? 3 : 0);
            connection = pair;
        }
        try {
            connection.handshake();
            connection.exchange(100);
            switch (cell.what) {
                case KEY_UPDATE:
                    connection.handshakeAgain(false);
                    connection.handshakeAgain(true);
                    break;
                case RENEGOTIATION:
                    connection.handshakeAgain(false);
                    break;
                case HELLO_REQUEST:
                    connection.handshakeAgain(true);
                    break;
                case CORRUPTED:
                    connection.corrupt();
                    break;
                default:
                    break;
            }
        } finally {
            connection.close();
        }
    }

    private static SSLEngine engine(SSLContext context, MatrixCell cell, SSLParameters parameters, boolean clientMode) {
        SSLEngine engine = context.createSSLEngine(cell.host(), 443);
        engine.setUseClientMode(clientMode);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
