package dev.tlscope.agent.stack.provider;

import dev.tlscope.agent.record.CompleteEvent;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.ConnectionEvent;
import dev.tlscope.agent.record.ConnectionOwner;
import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.agent.socket.SocketAddresses;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The connections of engines and sockets that are known by the public API alone: their begin, end and failure. */
final class ProviderConnections implements ConnectionOwner {
    private static final int FATAL = 2;

    private final StackContext stack;
    private final CurrentConnections current = new CurrentConnections();
    private final WeakIdentityMap<ProviderConnection> known = new WeakIdentityMap<>();

    /** Null where it is of no use. */
    private final @Nullable NettyKeyLog keyLog;

    ProviderConnections(StackContext stack) {
        this.stack = stack;
        this.keyLog = NettyKeyLog.of(stack);
    }

    /** Called when an engine or socket of a captured class is made. */
    void made(Object object) {
        stack.connectionMade();
        open(object, false);
        if (object instanceof SSLEngine) {
            stack.engineMade();
        }
    }

    /** The connection of an engine or socket; one that is not known is older than the attach. */
    ProviderConnection of(Object object) {
        ProviderConnection found = known.get(object);
        return found != null ? found : open(object, true);
    }

    /** The connection of an engine that a call begins with. */
    ProviderConnection begins(Object engine) {
        ProviderConnection at = of(engine);
        if (keyLog != null && !at.logsKeys) {
            at.logsKeys = keyLog.begins(engine, at);
        }
        return at;
    }

    /** The connection of an engine or socket; null when it is not known. */
    @Nullable
    ProviderConnection find(@Nullable Object object) {
        return object == null ? null : known.get(object);
    }

    /** The connection whose engine or socket this thread is in; null when it is in none. */
    @Nullable
    ProviderConnection ofThread() {
        return current.get();
    }

    /** The handshake completed. */
    void completed(ProviderConnection at) {
        if (!at.connection.isCompleted() && !at.connection.hasFailed()) {
            announce(at);
            at.connection.add(at.connection.event(EventType.HANDSHAKE));
            at.connection.complete();
        }
    }

    /** A call on the engine or socket threw. */
    void failed(ProviderConnection at, Throwable thrown) {
        // a wrong argument, or a renegotiation that the library does not do, is no failure of the connection
        boolean counts = thrown instanceof IOException || at.connection.isUnderWay();
        if (at.connection.hasFailed() || !counts) {
            return;
        }
        at.fails();
        announce(at);
        boolean completed = at.connection.isCompleted() || at.connection.joinedLate();
        ExceptionAlert named = ExceptionAlert.of(thrown);
        boolean received = at.receivedAlert() >= 0 || (named != null && named.received);
        Event event = event(at, received ? Direction.IN : Direction.OUT)
                .put(Field.NEGOTIATED, completed ? 1 : 0)
                .put(Field.STAGE, completed ? "established" : "handshake");
        int alert = received ? at.receivedAlert() : at.sentAlert();
        if (alert < 0 && named != null) {
            alert = named.description;
        }
        if (alert >= 0) {
            event.put(Field.LEVEL, FATAL).put(Field.ALERT, alert);
        }
        at.connection.add(ThrowableFields.put(event, thrown, true));
        if (ConnectionEnding.of(event, false) == null) {
            at.connection.fail();
        } else {
            at.connection.end();
        }
    }

    /** The application closed the engine, or the socket below it, in the handshake. */
    void abandoned(ProviderConnection at) {
        if (at.connection.isUnderWay()) {
            Event event = event(at, Direction.OUT).put(Field.NEGOTIATED, 0).put(Field.GIVEN_UP, "closed");
            at.connection.add(ThrowableFields.put(event, new Throwable(), false));
            at.connection.fail();
        }
    }

    @Override
    public void describeAgain(Connection connection) {
        Object object = connection.origin();
        ProviderConnection at = find(object);
        if (object != null && at != null) {
            connection.add(describe(object, at));
        }
    }

    @Override
    public void describeTurn(Connection connection, Event failure) {
        // the public API would have to be called: getHandshakeStatus may take the engine's lock
    }

    @Override
    public void socketClosed(Connection connection) {
        ProviderConnection at = find(connection.origin());
        if (at != null) {
            abandoned(at);
        }
    }

    private ProviderConnection open(Object object, boolean late) {
        Connection connection = stack.recorder.open(object, this, late);
        ProviderConnection[] made = new ProviderConnection[1];
        made[0] = new ProviderConnection(connection, stack, current, new Runnable() {
            @Override
            public void run() {
                announce(made[0]);
            }
        });
        ProviderConnection earlier = known.putIfAbsent(object, made[0]);
        return earlier != null ? earlier : made[0];
    }

    /** Records the CONNECTION event, the first time. */
    private void announce(ProviderConnection at) {
        Object object = at.connection.origin();
        if (object != null && at.connection.announce()) {
            stack.recorder.counters().connections.incrementAndGet();
            at.connection.add(describe(object, at));
        }
    }

    private ConnectionEvent describe(Object object, ProviderConnection at) {
        Event event = at.connection
                .event(EventType.CONNECTION)
                .put(Field.ROLE, at.role())
                .put(Field.JOINED_LATE, at.connection.joinedLate() ? 1 : 0)
                .put(Field.STACK, "provider")
                .put(Field.CLASS, object.getClass().getName());
        if (object instanceof SSLEngine) {
            SSLEngine engine = (SSLEngine) object;
            event.put(Field.TRANSPORT, "engine").put(Field.PEER_HOST, engine.getPeerHost());
            if (engine.getPeerPort() > 0) {
                event.put(Field.PEER_PORT, engine.getPeerPort());
            }
        } else if (object instanceof SSLSocket) {
            event.put(Field.TRANSPORT, "socket");
            SocketAddresses below = SocketAddresses.of(object);
            SocketAddresses addresses = below != null ? below : SocketAddresses.told((Socket) object);
            if (addresses != null) {
                at.connection.address().found(addresses.local, addresses.peer, "socket");
            }
        }
        return new ConnectionEvent(new CompleteEvent(event), at.connection.address());
    }

    private static Event event(ProviderConnection at, Direction direction) {
        return at.connection
                .event(EventType.FAILURE)
                .put(direction)
                .put(Field.THREAD, Thread.currentThread().getName());
    }
}
