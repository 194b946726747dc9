package dev.tlscope.analyzer.problem;

import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two ends of a connection as people name them. */
public final class Parties {
    private static final String UNKNOWN = "of unknown address";

    private Parties() {}

    /** The peer: a server by name, address and port; a client only by address, because its port differs each time. */
    public static String peer(Handshake handshake) {
        String address = handshake.peer();
        if (!handshake.isClient()) {
            return "client " + (address == null ? UNKNOWN : host(address));
        }
        String name = handshake.serverName();
        return "server " + (name == null ? "" : name + " ") + (address == null ? UNKNOWN : address);
    }

    /** The service: its name or else its address, with its port; for a server its own port, on any address. */
    public static String endpoint(Handshake handshake) {
        if (!handshake.isClient()) {
            return "port " + port(handshake.local());
        }
        String address = handshake.peer();
        String name = hosts(handshake).stream().findFirst().orElse(address == null ? UNKNOWN : host(address));
        return name.toLowerCase(Locale.ROOT) + ":" + port(address);
    }

    /** The requested host names. */
    static List<String> hosts(Handshake handshake) {
        return Stream.of(handshake.serverName(), handshake.peerHost())
                .filter(Objects::nonNull)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** The host of {@code host:port}, IPv6 in brackets. */
    static String host(String address) {
        return address.replaceFirst(":[0-9]+$", "");
    }

    private static String port(@Nullable String address) {
        int colon = address == null ? -1 : address.lastIndexOf(':');
        return address == null || colon < 0 ? "?" : address.substring(colon + 1);
    }
}
