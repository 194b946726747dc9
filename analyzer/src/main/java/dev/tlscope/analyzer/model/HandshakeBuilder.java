package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.registry.CipherSuites;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.ConnectionEnding;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.capture.TransportFailure;
import dev.tlscope.tls.HandshakeType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects one connection's events, up to a number of bytes that real handshakes never reach. */
public final class HandshakeBuilder {
    /** Several times what real handshakes need; a limit for hostile captures. */
    private static final int MOST_MESSAGES = 1000;

    private static final int MOST_OF_A_RECORD = 64;
    private static final int MOST_BYTES = 4 << 20;
    private static final int EVENT_OVERHEAD = 200;

    private final Configurations configurations;
    private final long connection;
    private long timeNanos;
    private final List<Message> messages = new ArrayList<>();
    private final List<Event> keyPairs = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private long eventBytes;
    private long leftOut;
    private @Nullable Event description;
    /** The last received record beyond the limit. */
    private @Nullable Event lastLeftOut;

    private @Nullable Event premaster;
    private @Nullable Event failure;
    private @Nullable Event completion;
    private final AlertAfterFailure alertAfter = new AlertAfterFailure();
    private byte @Nullable [] firstReceived;
    private byte @Nullable [] lastReceived;

    /**
     * Starts a connection whose first event has that time.
     *
     * @param configurations the configurations of the same capture
     */
    public HandshakeBuilder(long connection, long timeNanos, Configurations configurations) {
        this.configurations = configurations;
        this.connection = connection;
        this.timeNanos = timeNanos;
    }

    /** Adds the connection's next event. */
    public void add(Event event) {
        add(CapturedEvent.of(event));
    }

    /** Adds the connection's next event without decoding it unnecessarily. */
    void add(CapturedEvent captured) {
        timeNanos = Math.min(timeNanos, captured.timeNanos());
        Event event = captured.event();
        keep(event);
        switch (event.type()) {
            case CONNECTION -> description = event;
            case MESSAGE -> {
                addMessage(captured);
                failure = alertAfter.join(failure, description, event);
            }
            case KEY_PAIR -> {
                if (keyPairs.size() < MOST_MESSAGES) {
                    keyPairs.add(event);
                }
            }
            case RECORD -> addRecord(event);
            case PREMASTER -> premaster = event;
            case HANDSHAKE -> {
                completion = event;
                // A timeout raises no alert, and the application may have continued after it.
                if (failure != null && failure.number(Field.ALERT, -1) < 0) {
                    failure = null;
                }
            }
            case FAILURE -> {
                // JSSE may report one failure twice. The first report is the cause, unless it is a broken write and the
                // peer's alert, which had arrived before, was read afterwards.
                if (failure == null || (isLost(failure) && event.isReceived())) {
                    failure = event;
                    keepWhatFailed();
                }
            }
            default -> {
                // secrets and the capture's own events are not part of the model
            }
        }
    }

    /** Adds only what the outcome and the negotiated parameters need, for a handshake that did not fail. */
    void addBriefly(CapturedEvent captured) {
        timeNanos = Math.min(timeNanos, captured.timeNanos());
        switch (captured.type()) {
            case MESSAGE -> addMessage(captured);
            case CONNECTION, HANDSHAKE -> add(captured);
            default -> {
                // records, secrets and key choices are not needed
            }
        }
    }

    /** The handshake as far as it is known. */
    public Handshake build(Path file) {
        String role = role();
        Memo derived = new Memo();
        Hellos hellos = derived.get(Hellos.class, () -> Hellos.of(messages, role.equals("client")));
        Optional<Hello> server = Hellos.last(hellos.ofServer());
        String protocol = text(completion, Field.PROTOCOL);
        if (protocol == null) {
            protocol = server.map(hello -> ProtocolVersions.nameOf(hello.version()))
                    .orElse(text(failure, Field.PROTOCOL));
        }
        String suite = text(completion, Field.CIPHER_SUITE);
        if (suite == null) {
            suite = text(failure, Field.CIPHER_SUITE);
        }
        if (suite == null) {
            suite = server.map(hello -> CipherSuites.nameOf(hello.cipherSuite()))
                    .orElse(null);
        }
        ConnectionEnding ending = ending(role, protocol);
        String serverName =
                Hellos.last(hellos.ofClient()).map(Hello::serverName).orElse(null);
        String host = text(description, Field.PEER_HOST);
        return new Handshake(
                new CapturedConnection(
                        file, connection, timeNanos, description != null && description.flag(Field.JOINED_LATE)),
                new Endpoints(
                        role,
                        text(description, Field.TRANSPORT),
                        text(description, Field.LOCAL),
                        peer(role),
                        host,
                        serverName != null ? serverName : host),
                new SecurityParameters(protocol, suite, session()),
                new HandshakeResult(completion != null, ending == null ? failure : null, ending),
                List.copyOf(messages),
                new ConnectionEvents(List.copyOf(events), leftOut, List.copyOf(keyPairs), premaster),
                new ReceivedRecords(firstReceived, lastReceived),
                configuration(),
                derived);
    }

    /** The configuration at the end, if captured, because it has what the handshake left active. */
    private @Nullable Configuration configuration() {
        Configuration last = configurations.of(failure != null ? failure : completion);
        return last != null ? last : configurations.of(description);
    }

    /** How the connection ended, if not by a failure. */
    private @Nullable ConnectionEnding ending(String role, @Nullable String protocol) {
        return failure == null
                ? null
                : ConnectionEnding.of(failure, role.equals("client") && "TLSv1.3".equals(protocol));
    }

    private @Nullable ResumedSession session() {
        Event told = completion != null ? completion : failure;
        return told == null ? null : ResumedSession.of(told);
    }

    private static boolean isLost(Event failure) {
        return !failure.isReceived() && TransportFailure.threw(failure, "java.net.SocketException");
    }

    private void keep(Event event) {
        byte[] bytes = event.bytes(Field.BYTES);
        eventBytes += EVENT_OVERHEAD + (bytes == null ? 0 : bytes.length);
        if (eventBytes <= MOST_BYTES) {
            events.add(event);
        } else {
            leftOut++;
            if (event.type() == EventType.RECORD && event.isReceived()) {
                lastLeftOut = event;
            }
        }
    }

    /** Adds the last received record even after a long transfer, because it is the one that failed. */
    private void keepWhatFailed() {
        Event record = lastLeftOut;
        if (record != null) {
            events.add(record);
            leftOut--;
        }
    }

    private void addMessage(CapturedEvent event) {
        byte[] bytes = event.bytes(Field.BYTES);
        if (bytes != null && messages.size() < MOST_MESSAGES) {
            messages.add(
                    new Message(event.isSent(), (int) event.number(Field.CONTENT_TYPE, 0), bytes, event.timeNanos()));
        }
    }

    private void addRecord(Event event) {
        byte[] bytes = event.bytes(Field.BYTES);
        if (bytes != null && failure == null && event.isReceived()) {
            byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, MOST_OF_A_RECORD));
            if (firstReceived == null) {
                firstReceived = start;
            }
            lastReceived = start;
        }
    }

    /** The role by the socket, because a server's engine may have been created with the address of its client. */
    private @Nullable String peer(String role) {
        String peer = text(description, Field.PEER);
        String host = text(description, Field.PEER_HOST);
        if (peer != null || host == null || description == null || !role.equals("server")) {
            return peer;
        }
        long port = description.number(Field.PEER_PORT, 0);
        return port == 0 ? null : (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** From the ClientHello's direction if the CONNECTION event is missing. */
    private String role() {
        String said = text(description, Field.ROLE);
        if (said != null) {
            return said;
        }
        return messages.stream().anyMatch(message -> message.sent() && message.is(HandshakeType.CLIENT_HELLO))
                ? "client"
                : "server";
    }

    private static @Nullable String text(@Nullable Event event, Field field) {
        return event == null ? null : event.text(field);
    }
}
