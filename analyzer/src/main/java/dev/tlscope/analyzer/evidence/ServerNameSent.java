package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;

/** The server_name that a client sent, or why it sent none. */
public final class ServerNameSent {
    private ServerNameSent() {}

    public static String describe(Handshake handshake) {
        String sent = handshake.clientHello().map(Hello::serverName).orElse(null);
        return sent != null ? sent : "none (" + why(handshake) + ")";
    }

    /** By sun.security.ssl.Utilities.rawToSNIHostName and SSLExtension's switch. */
    private static String why(Handshake handshake) {
        String host = handshake.peerHost();
        if (!handshake.isClient()) {
            return "the client sent none";
        }
        if (handshake
                .systemProperty("jsse.enableSNIExtension")
                .filter("false"::equalsIgnoreCase)
                .isPresent()) {
            return "-Djsse.enableSNIExtension=false";
        }
        if (host == null) {
            return "the application named no host";
        }
        if (HostNames.isAddress(host)) {
            return "an address is none: RFC 6066, 3";
        }
        return host.indexOf('.') <= 0 || host.endsWith(".")
                ? "JSSE sends none for a name without a dot inside, or with one at its end"
                : "JSSE sends none for a name that is no host name by its rules: letters, digits and hyphens";
    }
}
