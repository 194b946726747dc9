package dev.tlscope.it.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One cell of the coverage matrix: a connection of one protocol, suite, key exchange group and transport, and one case.
 * A cell is identified by the host that both sides name: {@code c017.cell.test}.
 */
final class MatrixCell {
    /** What a connection does besides a full handshake with a request and a response. */
    enum Case {
        FULL,
        /** A second connection resumes the first one's session: by ticket, identifier or PSK, as this JDK does. */
        RESUMED,
        CLIENT_AUTH,
        /** The server rejects the group of the client's key share (RFC 8446, 4.1.4). */
        HELLO_RETRY,
        /** Both sides change their keys (RFC 8446, 4.6.3). */
        KEY_UPDATE,
        /** The client asks for a second handshake on the same connection. */
        RENEGOTIATION,
        /** The server asks for it with a HelloRequest (RFC 5246, 7.4.1.1). */
        HELLO_REQUEST,
        /** The client sends an SSLv2 CLIENT-HELLO (RFC 5246, E.2). */
        V2_HELLO,
        /** Handshake messages are in records of at most 512 bytes (RFC 6066, 4). */
        FRAGMENTED,
        /** One datagram of each flight is lost and sent again. */
        RETRANSMITTED,
        /** After the handshake, one bit of a record of application data is flipped. */
        CORRUPTED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How the two sides are connected. */
    enum Link {
        /** SSLSocket over loopback TCP. */
        SOCKET,
        /** SSLEngine, buffers on the heap. */
        ENGINE,
        /** SSLEngine, direct buffers. */
        DIRECT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    final String id;
    final String protocol;
    final String suite;
    final @Nullable String group;
    final Link link;
    final Case what;

    MatrixCell(int number, String protocol, String suite, @Nullable String group, Link link, Case what) {
        this.id = String.format(Locale.ROOT, "c%03d", number);
        this.protocol = protocol;
        this.suite = suite;
        this.group = group;
        this.link = link;
        this.what = what;
    }

    /** The host that both sides name. */
    String host() {
        return id + ".cell.test";
    }

    boolean isDatagram() {
        return protocol.startsWith("DTLS");
    }

    /** One line: identifier, protocol, suite, group, link, case. */
    @Override
    public String toString() {
        return id + " " + protocol + " " + suite + " " + (group == null ? "-" : group) + " " + link.word() + " "
                + what.word();
    }
}
