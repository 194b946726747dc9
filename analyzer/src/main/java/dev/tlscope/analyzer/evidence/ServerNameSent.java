package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;

/** The server_name that a client sent, or why it sent none, and how to make it send one. */
public final class ServerNameSent {
    private static final String SWITCH = "jsse.enableSNIExtension";

    /** The reason, by the rules of sun.security.ssl.Utilities.rawToSNIHostName and SSLExtension's switch. */
    private enum Absence {
        NOT_OURS,
        SWITCHED_OFF,
        NO_HOST,
        ADDRESS,
        NO_DOT,
        LAST_DOT,
        UNDERSCORE,
        NO_HOST_NAME,
        LEFT_OUT
    }

    private ServerNameSent() {}

    public static String describe(Handshake handshake) {
        String sent = handshake.clientHello().map(Hello::serverName).orElse(null);
        return sent != null ? sent : "none (" + why(handshake) + ")";
    }

    private static String why(Handshake handshake) {
        String host = handshake.peerHost();
        return switch (absence(handshake)) {
            case NOT_OURS -> "the client sent none";
            case SWITCHED_OFF -> "-D" + SWITCH + "=false";
            case NO_HOST ->
                handshake.isEngine()
                        ? "the application named no host: the SSLEngine was made without one"
                        : "the application named no host: the SSLSocket was made with an address, or connected later";
            case ADDRESS -> host + " is an address, which is not allowed as server_name: RFC 6066, 3";
            case NO_DOT -> "JSSE sends none for " + host + ", a name without a dot inside";
            case LAST_DOT -> "JSSE sends none for " + host + ", a name with a dot at its end";
            case UNDERSCORE -> "JSSE sends none for " + host + ": an underscore is not allowed in a host name";
            case NO_HOST_NAME ->
                "JSSE sends none for " + host + ", which is not a host name by the rules: letters, digits and hyphens";
            case LEFT_OUT ->
                "JSSE would send " + host
                        + "; the application set an empty list of server names, or named the host after the ClientHello";
        };
    }

    /** The step that makes this client send one. */
    public static String fix(Handshake handshake) {
        return switch (absence(handshake)) {
            case NOT_OURS -> "Find out why the client sends no server_name.";
            case SWITCHED_OFF -> "Remove -D" + SWITCH + "=false from the command line of this JVM.";
            case NO_HOST ->
                handshake.cameThrough("io.netty.")
                        ? "Create the handler with the server's name: SslContext.newHandler(alloc, host, port) in"
                                + " Netty."
                        : handshake.isEngine()
                                ? "Create the engine with the server's name: SSLContext.createSSLEngine(host, port)."
                                : "Give the socket the server's name: SSLSocketFactory.createSocket(socket, host, port, true), or"
                                        + " SSLParameters.setServerNames.";
            case ADDRESS ->
                "Connect by the server's name instead of its address, or set the name: SSLParameters.setServerNames.";
            case NO_DOT -> "Use the server's full name, with its domain, or set it: SSLParameters.setServerNames.";
            case LAST_DOT -> "Leave out the dot at the end of the name.";
            case UNDERSCORE, NO_HOST_NAME ->
                "Reach the server by a name of letters, digits and hyphens (an alias in DNS or /etc/hosts,"
                        + " which its certificate covers): JSSE sends no other name.";
            case LEFT_OUT ->
                "Set the name: SSLParameters.setServerNames with SNIHostName, before the handshake begins.";
        };
    }

    /** True if a name could be sent for this kind of host: for others, sending none is normal. */
    public static boolean isMissed(Handshake handshake) {
        Absence absence = absence(handshake);
        return handshake
                        .clientHello()
                        .filter(hello -> hello.serverName() == null)
                        .isPresent()
                && absence != Absence.NOT_OURS
                && absence != Absence.NO_DOT
                && absence != Absence.ADDRESS;
    }

    private static Absence absence(Handshake handshake) {
        String host = handshake.peerHost();
        if (!handshake.isClient()) {
            return Absence.NOT_OURS;
        }
        if (isSwitchedOff(handshake)) {
            return Absence.SWITCHED_OFF;
        }
        if (host == null) {
            return Absence.NO_HOST;
        }
        if (HostNames.isAddress(host)) {
            return Absence.ADDRESS;
        }
        if (host.endsWith(".")) {
            return Absence.LAST_DOT;
        }
        if (host.indexOf('.') <= 0) {
            return Absence.NO_DOT;
        }
        if (host.indexOf('_') >= 0) {
            return Absence.UNDERSCORE;
        }
        boolean named = host.chars().allMatch(c -> c == '.' || c == '-' || Character.isLetterOrDigit(c));
        return named ? Absence.LEFT_OUT : Absence.NO_HOST_NAME;
    }

    private static boolean isSwitchedOff(Handshake handshake) {
        return handshake
                .systemProperty(SWITCH)
                .filter("false"::equalsIgnoreCase)
                .isPresent();
    }
}
