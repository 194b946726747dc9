package dev.tlscope.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One end of a TCP connection. Host or port may be unknown. */
final class Endpoint {
    static final Endpoint UNKNOWN = new Endpoint(null, -1);

    private final byte @Nullable [] address;
    private final int port;

    Endpoint(byte @Nullable [] address, int port) {
        this.address = address;
        this.port = port;
    }

    /**
     * Parses {@code host:port}, IPv6 in brackets. Never resolves a name: a host that is not numeric counts as unknown.
     */
    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return UNKNOWN;
        }
        int port = decimal(text.substring(colon + 1), 65535);
        String host = text.substring(0, colon);
        return new Endpoint(host.startsWith("[") && host.endsWith("]") ? ipv6(host) : ipv4(host), port);
    }

    boolean known() {
        return address != null && port >= 0;
    }

    int port(int absent) {
        return port < 0 ? absent : port;
    }

    /** Four or sixteen bytes; with {@code mapped} always sixteen (RFC 4291, 2.5.5.2). */
    byte[] address(boolean mapped) {
        byte[] own = address == null ? new byte[4] : address;
        if (!mapped || own.length == 16) {
            return own;
        }
        byte[] wide = new byte[16];
        wide[10] = wide[11] = (byte) 0xff;
        System.arraycopy(own, 0, wide, 12, 4);
        return wide;
    }

    boolean isIpv6() {
        return address != null && address.length == 16;
    }

    /** A key that is the same for equal endpoints. */
    String key() {
        return Arrays.toString(address) + port;
    }

    private static byte @Nullable [] ipv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = decimal(parts[i], 255);
            if (part < 0) {
                return null;
            }
            address[i] = (byte) part;
        }
        return address;
    }

    private static byte @Nullable [] ipv6(String bracketed) {
        int zone = bracketed.indexOf('%');
        String literal = zone < 0 ? bracketed : bracketed.substring(0, zone) + "]";
        if (literal.indexOf(':') < 0) {
            return null;
        }
        try {
            // In brackets InetAddress accepts only a literal, and does not query a name service.
            return InetAddress.getAllByName(literal)[0].getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int decimal(String digits, int max) {
        if (digits.isEmpty() || digits.length() > 5) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value <= max ? value : -1;
    }
}
