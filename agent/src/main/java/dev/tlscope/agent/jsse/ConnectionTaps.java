package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.Pending;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Connection} of a JSSE object, makes it at first sight, and says who talks to whom. */
final class ConnectionTaps {
    private final Recorder recorder;
    private final ConfigurationBook book;

    ConnectionTaps(Recorder recorder, ConfigurationBook book) {
        this.recorder = recorder;
        this.book = book;
    }

    /** An event that refers to the configuration of a TransportContext as it is now. */
    Pending configured(Event event, Object context) {
        return new Configured(event, Settings.of(context, Jsse.handshakeContext(context)), book);
    }

    /** A TransportContext was made: its records lead to the same connection. */
    void made(Object context) {
        linkRecords(context, recorder.open(context, false));
    }

    /** The connection of a TransportContext, announced; it was made before the agent came if it is not known. */
    Connection of(Object context) {
        Connection connection = recorder.find(context);
        if (connection == null) {
            connection = recorder.open(context, true);
            linkRecords(context, connection);
        }
        if (connection.announce()) {
            recorder.counters().connections.incrementAndGet();
            connection.add(configured(describe(context, connection), context));
        }
        return connection;
    }

    /** The connection of a HandshakeContext; null when it leads to none. */
    @Nullable
    Connection ofHandshake(Object handshake) {
        Object context = Jsse.transportContext(handshake);
        return context == null ? null : of(context);
    }

    /**
     * The connection of an InputRecord, OutputRecord or SSLSecretDerivation; null when it was made before the agent
     * came and no handshake was seen on it since.
     */
    @Nullable
    Connection ofPart(Object part) {
        Connection connection = recorder.find(part);
        if (connection != null && connection.announce()) {
            recorder.counters().connections.incrementAndGet();
            Object context = connection.origin();
            if (context != null) {
                connection.add(configured(describe(context, connection), context));
            }
        }
        return connection;
    }

    /** Lets an SSLSecretDerivation lead to its connection. */
    void link(Object part, @Nullable Object context) {
        if (context != null) {
            recorder.link(part, of(context));
        }
    }

    /** An InputRecord or OutputRecord was closed; with both closed nothing more can come. */
    void recordClosed(Object record) {
        Connection connection = recorder.find(record);
        if (connection == null) {
            return;
        }
        Object context = connection.origin();
        if (context == null
                || (Jsse.isInputClosed(Jsse.inputRecord(context)) && Jsse.isOutputClosed(Jsse.outputRecord(context)))) {
            connection.close();
        }
    }

    private void linkRecords(Object context, Connection connection) {
        Object input = Jsse.inputRecord(context);
        Object output = Jsse.outputRecord(context);
        if (input != null) {
            recorder.link(input, connection);
        }
        if (output != null) {
            recorder.link(output, connection);
        }
    }

    private static Event describe(Object context, Connection connection) {
        Event event = connection
                .event(EventType.CONNECTION)
                .put(Field.ROLE, Jsse.isClient(context) ? "client" : "server")
                .put(Field.JOINED_LATE, connection.joinedLate() ? 1 : 0);
        Settings.putServerNames(event, context);
        Object transport = Jsse.transport(context);
        if (transport instanceof Socket) {
            Socket socket = (Socket) transport;
            event.put(Field.TRANSPORT, "socket")
                    .put(Field.LOCAL, hostPort(socket.getLocalSocketAddress()))
                    .put(Field.PEER, hostPort(socket.getRemoteSocketAddress()))
                    .put(Field.PEER_HOST, Jsse.peerHost(socket));
        } else if (transport instanceof SSLEngine) {
            event.put(Field.TRANSPORT, "engine").put(Field.PEER_HOST, ((SSLEngine) transport).getPeerHost());
        }
        return event;
    }

    /** Numeric, so that no name service is asked. */
    private static @Nullable String hostPort(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            return null;
        }
        InetSocketAddress inet = (InetSocketAddress) address;
        if (inet.getAddress() == null) {
            return null;
        }
        String host = inet.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        String plain = scope < 0 ? host : host.substring(0, scope);
        return (plain.indexOf(':') >= 0 ? "[" + plain + "]" : plain) + ":" + inet.getPort();
    }
}
