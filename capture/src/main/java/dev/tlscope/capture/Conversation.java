package dev.tlscope.capture;

import dev.tlscope.tls.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * The writer's state of one connection until it is closed: its addresses, its packet stream, and the record that it
 * holds back.
 */
final class Conversation {
    private final long connection;
    private final AddressBook book;
    private Endpoint local = Endpoint.UNKNOWN;
    private Endpoint peer = Endpoint.UNKNOWN;
    private String localText = "unknown";
    private String peerText = "unknown";
    private boolean server;
    private boolean synthetic = true;
    private boolean failed;
    private @Nullable Event failure;
    private @Nullable Event held;
    private @Nullable PacketStream stream;

    Conversation(long connection, AddressBook book) {
        this.connection = connection;
        this.book = book;
    }

    /** Takes addresses and role from a CONNECTION event. Once packets have been written, their addresses stay. */
    void learn(Event event) {
        if (stream != null) {
            return;
        }
        if (!synthetic) {
            book.release(local, peer, connection);
        }
        server = event.has(Field.ROLE) ? "server".equals(event.text(Field.ROLE)) : server;
        String newLocal = event.text(Field.LOCAL);
        if (newLocal != null) {
            localText = newLocal;
            local = Endpoint.parse(newLocal);
        }
        String newPeer = event.text(Field.PEER);
        if (newPeer != null) {
            peerText = newPeer;
            peer = Endpoint.parse(newPeer);
        }
        synthetic = !(local.known() && peer.known() && book.claim(local, peer, connection));
    }

    boolean synthetic() {
        return synthetic;
    }

    /** The stream of packets that carries the records; the first record decides between TCP and UDP. */
    PacketStream open(BlockBuffer to, long timeNanos, boolean datagrams) {
        if (stream == null) {
            String comment = null;
            if (synthetic) {
                comment = AlertComment.clean("tlscope: addresses are made up, since the real ones are "
                        + (local.known() && peer.known() ? "used by another connection" : "not known")
                        + ": local " + localText + ", peer " + peerText);
                Endpoint[] pair = book.synthesize(server ? peer : local, server ? local : peer, connection);
                local = pair[server ? 1 : 0];
                peer = pair[server ? 0 : 1];
            }
            // Any initial sequence number will do, but a pair that is used again needs another one to be a new stream.
            stream = datagrams
                    ? new UdpStream(local, peer)
                    : new TcpStream(local, peer, !server, (int) connection * 0x9E3779B1);
            stream.open(to, timeNanos, comment);
        }
        return stream;
    }

    void close(BlockBuffer to, long timeNanos) {
        if (stream != null) {
            stream.close(to, timeNanos, failure == null ? null : AlertComment.unsent(failure));
        } else if (!synthetic) {
            book.release(local, peer, connection);
        }
    }

    /** Keeps the first failure, the cause: JSSE calls fatal again for the same failure, or after the peer's alert. */
    void fail(Event event) {
        if (!failed) {
            failed = true;
            failure = event;
        }
    }

    /**
     * The comment for an outbound record that may be the failure's alert, once: either the alert is in plain text, or
     * TLS 1.3 encrypted it, so that it looks like application data (RFC 8446, 5.2).
     */
    @Nullable
    String sentAlert(byte[] record) {
        Event cause = failure;
        if (cause == null || (record[0] != ContentType.ALERT && record[0] != ContentType.APPLICATION_DATA)) {
            return null;
        }
        failure = null;
        return AlertComment.sent(cause);
    }

    /** The comment for the held inbound record, if the event after it shows that it was an alert. */
    @Nullable
    String receivedAlert(Event next) {
        byte[] alert = next.bytes(Field.BYTES);
        if (next.type() != EventType.MESSAGE
                || next.number(Field.CONTENT_TYPE, 0) != ContentType.ALERT
                || !next.isReceived()
                || alert == null
                || alert.length < 2) {
            return null;
        }
        failed |= alert[0] == 2;
        return AlertComment.received(alert);
    }

    void hold(Event inbound) {
        held = inbound;
    }

    @Nullable
    Event takeHeld() {
        Event taken = held;
        held = null;
        return taken;
    }
}
