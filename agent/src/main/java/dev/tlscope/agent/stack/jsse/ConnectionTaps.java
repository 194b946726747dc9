package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.CONTEXT;
import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.HookValue.THIS;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.ConnectionEvent;
import dev.tlscope.agent.record.ConnectionOwner;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.socket.SocketAddresses;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.agent.stack.jsse.setup.ConfigurationNumbers;
import dev.tlscope.agent.stack.jsse.setup.ConfiguredEvent;
import dev.tlscope.agent.stack.jsse.setup.ConnectionSettings;
import dev.tlscope.agent.stack.jsse.setup.LatestSettings;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Finds or creates the {@link Connection} of a JSSE object, and records its CONNECTION event. */
final class ConnectionTaps implements ConnectionOwner {
    private final StackContext stack;
    private final Recorder recorder;
    private final ConfigurationNumbers numbers;
    private final FailureEvents failures;
    private final LatestSettings latest = new LatestSettings();
    private @Nullable RefusedNameTaps refusedNames;

    ConnectionTaps(StackContext stack) {
        this.stack = stack;
        this.recorder = stack.recorder;
        this.numbers = new ConfigurationNumbers(stack.recorder, stack.numbered);
        this.failures = new FailureEvents(this, stack.recorder);
    }

    void declare(HookTable table) {
        table.on(
                        CONTEXT,
                        "<init>",
                        EXIT,
                        "(" + L + "SSLContextImpl;" + L + "SSLTransport;" + L + "SSLConfiguration;" + L + "InputRecord;"
                                + L + "OutputRecord;Z)V")
                .named("context-made")
                .pass(THIS)
                .to((a, b, c, d, e) -> made(a));
        HookTarget begins = (a, b, c, d, e) -> begins(a);
        // Up to TLS 1.2 nothing else links a record to a connection that is older than the attach.
        table.on(CONTEXT, "kickstart", ENTER, "()V")
                .named("kickstart")
                .pass(THIS)
                .to(begins);
        table.on(CONTEXT, "warning", ENTER, "(" + L + "Alert;)V")
                .named("warning")
                .pass(THIS)
                .to(begins);
    }

    /** An event that refers to the current configuration of a TransportContext. */
    QueuedEvent configured(Event event, Object context) {
        return new ConfiguredEvent(
                event, ConnectionSettings.of(context, Jsse.handshakeContext(context), latest), numbers);
    }

    /** Called when a TransportContext was created: its records belong to the same connection. */
    private void made(Object context) {
        stack.connectionMade();
        linkRecords(context, recorder.open(context, this, false));
        if (Jsse.transport(context) instanceof SSLEngine) {
            stack.engineMade();
        }
    }

    /**
     * Called when this side begins a handshake or sends an alert, which makes a connection older than the attach known.
     */
    private void begins(Object context) {
        if (recorder.find(context) == null) {
            of(context);
        }
    }

    /**
     * The connection of a TransportContext, with its CONNECTION event recorded. If it is not known, it is older than the
     * attach, or its hook failed as on a full stack; nothing is missing of it while its handshake has not begun.
     */
    Connection of(Object context) {
        Connection connection = recorder.find(context);
        if (connection == null) {
            connection = recorder.open(context, this, Jsse.hasBegun(context));
            linkRecords(context, connection);
        }
        if (connection.announce()) {
            recorder.counters().connections.incrementAndGet();
            connection.add(describe(context, connection));
        }
        return connection;
    }

    /** The connection of a HandshakeContext; null when none is found. */
    @Nullable
    Connection ofHandshake(Object handshake) {
        Object context = Jsse.transportContext(handshake);
        return context == null ? null : of(context);
    }

    /**
     * The connection of an InputRecord, OutputRecord or SSLSecretDerivation. A record whose connection is older than the attach
     * has one too: JSSE sets the record's TransportContext when a handshake is finished.
     */
    @Nullable
    Connection ofPart(Object part) {
        Connection connection = recorder.find(part);
        Object context = connection == null ? Jsse.contextOfRecord(part) : connection.origin();
        return context == null ? connection : of(context);
    }

    /** The failures of these connections. */
    FailureEvents failures() {
        return failures;
    }

    @Override
    public void describeAgain(Connection connection) {
        Object context = connection.origin();
        if (context != null) {
            connection.add(describe(context, connection));
        }
    }

    @Override
    public void describeTurn(Connection connection, Event failure) {
        Object context = connection.origin();
        if (context != null) {
            EngineTurn.put(failure, context, connection);
        } else if (stack.records != RecordScope.NONE && connection.records() == 0) {
            EngineTurn.putUnwrapped(failure); // its ClientHello was made, and no wrap has handed a record out
        }
    }

    @Override
    public void socketClosed(Connection connection) {
        failures.socketClosed(connection);
        RefusedNameTaps names = refusedNames;
        if (names != null) {
            names.closing(connection.origin(), false);
        }
    }

    /** Sets the object that examines closes after the handshake; it needs these connections itself. */
    void refusedNames(RefusedNameTaps names) {
        refusedNames = names;
    }

    /** Links an SSLSecretDerivation to its connection. */
    void link(Object part, @Nullable Object context) {
        if (context != null) {
            recorder.link(part, of(context));
        }
    }

    /** The TransportContext of an InputRecord or OutputRecord; null when it is not known, or was collected. */
    @Nullable
    Object contextOf(Object record) {
        Connection known = recorder.find(record);
        return known == null ? Jsse.contextOfRecord(record) : known.origin();
    }

    /** Called when a record of that context, which may have been collected, was closed: the connection has ended. */
    void closed(Object record, @Nullable Object context) {
        Connection known = recorder.find(record);
        if (known == null && context != null) {
            // A connection that was open at the attach is recorded when it closes, at the latest.
            known = of(context);
        }
        if (known != null) {
            known.close();
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

    private QueuedEvent describe(Object context, Connection connection) {
        Event event = connection
                .event(EventType.CONNECTION)
                .put(Field.ROLE, Jsse.isClient(context) ? "client" : "server")
                .put(Field.JOINED_LATE, connection.joinedLate() ? 1 : 0);
        ConnectionSettings.putServerNames(event, context);
        Object transport = Jsse.transport(context);
        if (transport instanceof SSLSocket) {
            event.put(Field.TRANSPORT, "socket")
                    .put(Field.PEER_HOST, Jsse.peerHost(transport))
                    .put(Field.LAYERED_OVER, Jsse.layeredOver(transport));
            SocketAddresses addresses = SocketAddresses.of(transport);
            if (addresses != null) {
                connection.address().found(addresses.local, addresses.peer, "socket");
            }
        } else if (transport instanceof SSLEngine) {
            SSLEngine engine = (SSLEngine) transport;
            event.put(Field.TRANSPORT, "engine").put(Field.PEER_HOST, engine.getPeerHost());
            if (engine.getPeerPort() > 0) {
                event.put(Field.PEER_PORT, engine.getPeerPort());
            }
        }
        return new ConnectionEvent(configured(event, context), connection.address());
    }
}
