package dev.tlscope.transport;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a connection goes and what is said before TLS. Immutable. */
public final class Destination {
    private static final int MOST_PORT = 65535;

    private final String host;
    private final int port;
    private final @Nullable Destination proxy;
    private final @Nullable Starttls starttls;
    private final int timeoutMillis;

    private Destination(
            String host, int port, @Nullable Destination proxy, @Nullable Starttls starttls, int timeoutMillis) {
        this.host = host;
        this.port = port;
        this.proxy = proxy;
        this.starttls = starttls;
        this.timeoutMillis = timeoutMillis;
    }

    /**
     * Parses {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws IllegalArgumentException with a reason for the user
     */
    public static Destination parse(String text, int timeoutMillis) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(text + " may be an IPv6 address; write it as [ADDRESS]:PORT");
        }
        if (host.isEmpty() || host.indexOf('/') >= 0 || host.indexOf('@') >= 0) {
            throw new IllegalArgumentException(text + " is no HOST:PORT, such as www.example.org:443");
        }
        return new Destination(host, port(text, colon), null, null, timeoutMillis);
    }

    private static int port(String text, int colon) {
        String digits = text.substring(colon + 1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException(text + " has no port from 1 to 65535, such as www.example.org:443");
        }
        return port;
    }

    /** The same behind an HTTP proxy. */
    public Destination through(@Nullable Destination httpProxy) {
        return new Destination(host, port, httpProxy, starttls, timeoutMillis);
    }

    /** The same with the dialogue of a protocol before TLS. */
    public Destination with(@Nullable Starttls dialogue) {
        return new Destination(host, port, proxy, dialogue, timeoutMillis);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Null for a direct connection. */
    public @Nullable Destination proxy() {
        return proxy;
    }

    /** Null if TLS begins with the first byte. */
    public @Nullable Starttls starttls() {
        return starttls;
    }

    /** How long each step may take: to connect, and to receive the next bytes. */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /** {@code HOST:PORT}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Puts it into properties for another JVM. */
    public void put(Properties into) {
        into.setProperty("destination", toString());
        into.setProperty("timeout", String.valueOf(timeoutMillis));
        if (proxy != null) {
            into.setProperty("proxy", proxy.toString());
        }
        if (starttls != null) {
            into.setProperty("starttls", starttls.name());
        }
    }

    /** Reads what {@link #put} wrote. */
    public static Destination of(Properties from) {
        int timeout = Integer.parseInt(from.getProperty("timeout"));
        String proxy = from.getProperty("proxy");
        String starttls = from.getProperty("starttls");
        return parse(from.getProperty("destination"), timeout)
                .through(proxy == null ? null : parse(proxy, timeout))
                .with(starttls == null ? null : Starttls.valueOf(starttls));
    }
}
