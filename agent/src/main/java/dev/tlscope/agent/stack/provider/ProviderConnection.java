package dev.tlscope.agent.stack.provider;

import dev.tlscope.agent.config.RecordScope;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One SSLEngine's connection: turns the bytes that it wraps and unwraps into RECORD and MESSAGE events. After the handshake it
 * copies no bytes, unless all records are captured. Application's threads.
 */
final class ProviderConnection {
    private static final int RECORD_HEADER = 5;
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM = 4 + 2; // handshake header, legacy_version (RFC 8446, 4.1.2)
    private static final int FATAL = 2;

    /** As much of a call's bytes as is copied. */
    private static final int MOST_OF_A_CALL = 1 << 17;

    final Connection connection;
    /** Whether its keys are logged, or cannot be. */
    volatile boolean logsKeys;

    private final StackContext stack;
    private final Runnable announce;
    private final CurrentConnections current;
    private final CallDepth wrapping = new CallDepth();
    private final CallDepth handshaking = new CallDepth();
    private final CallDepth unwrapping = new CallDepth();
    private final RecordStream sent = new RecordStream();
    private final RecordStream received = new RecordStream();
    private final ClearMessages sentMessages = new ClearMessages();
    private final ClearMessages receivedMessages = new ClearMessages();
    private final ClearMessages sentContent = new ClearMessages();
    private final ClearMessages receivedContent = new ClearMessages();
    private boolean told;
    private @Nullable ByteBuffer target;
    private int targetStart;
    private byte @Nullable [] source;
    /** What the last call refused without an exception: BouncyCastle throws at the next wrap. */
    private byte @Nullable [] refused;

    private Object @Nullable [] sourceBuffers;
    private int sourceStart;
    private boolean tls13;
    private @Nullable Boolean client;
    private int receivedAlert = -1;
    private int sentAlert = -1;

    /** @param announce records the CONNECTION event, before the first other event */
    ProviderConnection(Connection connection, StackContext stack, CurrentConnections current, Runnable announce) {
        this.current = current;
        this.connection = connection;
        this.stack = stack;
        this.announce = announce;
    }

    /** {@code client} or {@code server}, by who spoke first; null while nobody has. */
    synchronized @Nullable String role() {
        return client == null ? null : client ? "client" : "server";
    }

    /** The fatal alert that the peer sent in the clear; -1 when there was none. */
    synchronized int receivedAlert() {
        return receivedAlert;
    }

    /** The fatal alert that this side sent in the clear; -1 when there was none. */
    synchronized int sentAlert() {
        return sentAlert;
    }

    synchronized void wrapBegins(@Nullable Object destination) {
        boolean outermost = wrapping.enter();
        if (outermost) {
            current.enter(this);
        }
        if (outermost && isWanted() && destination instanceof ByteBuffer) {
            target = (ByteBuffer) destination;
            targetStart = ((Buffer) target).position();
        }
    }

    /** @param produced number of bytes; -1 when it threw */
    synchronized boolean wrapEnds(int produced) {
        if (!wrapping.leave()) {
            return false;
        }
        current.leave();
        ByteBuffer buffer = target;
        target = null;
        if (buffer != null) {
            int end = produced < 0 ? ((Buffer) buffer).position() : targetStart + produced;
            if (end > targetStart && end <= ((Buffer) buffer).capacity()) {
                byte[] bytes = new byte[end - targetStart];
                ByteBuffer view = buffer.duplicate();
                ((Buffer) view).limit(end);
                ((Buffer) view).position(targetStart);
                view.get(bytes);
                spoken(true);
                sent.add(bytes, (record, tls) -> record(Direction.OUT, record, tls));
            }
        }
        return true;
    }

    /** The bytes are copied before the call, because an engine may decrypt in place. */
    synchronized void unwrapBegins(Object sources, int offset, int count) {
        if (!unwrapping.enter()) {
            return;
        }
        current.enter(this);
        if (!isWanted()) {
            return;
        }
        refused = null;
        Object[] buffers = sources instanceof Object[]
                ? Arrays.copyOfRange((Object[]) sources, offset, Math.min(((Object[]) sources).length, offset + count))
                : new Object[] {sources};
        sourceBuffers = buffers;
        sourceStart = position(buffers);
        source = copy(buffers);
    }

    /**
     * The end of a call.
     *
     * @param consumed number of bytes; -1 when it threw
     * @param waits whether it asks for more bytes, or for a larger buffer
     */
    synchronized boolean unwrapEnds(int consumed, boolean waits) {
        if (!unwrapping.leave()) {
            return false;
        }
        current.leave();
        byte[] bytes = source;
        Object[] buffers = sourceBuffers;
        source = null;
        sourceBuffers = null;
        if (bytes != null && buffers != null) {
            int used = consumed >= 0 ? consumed : position(buffers) - sourceStart;
            if (consumed < 0 && used <= 0) {
                used = bytes.length; // it refused them before it took them
            }
            if (used > 0) {
                spoken(false);
                received.add(
                        used < bytes.length ? Arrays.copyOf(bytes, used) : bytes,
                        (record, tls) -> record(Direction.IN, record, tls));
                if (consumed < 0) {
                    received.end((record, tls) -> record(Direction.IN, record, tls));
                }
            } else if (!waits) {
                refused = bytes;
            }
        }
        return true;
    }

    /** Records the bytes that were refused, before the failure. */
    synchronized void fails() {
        byte[] bytes = refused;
        refused = null;
        if (bytes != null && bytes.length > 0 && isWanted()) {
            spoken(false);
            received.add(bytes, (record, tls) -> record(Direction.IN, record, tls));
            received.end((record, tls) -> record(Direction.IN, record, tls));
        }
    }

    /** A socket's handshake begins, as a client or a server. */
    synchronized void handshakeBegins(boolean asClient) {
        if (handshaking.enter()) {
            current.enter(this);
            spoken(asClient);
        }
    }

    /** It ends: true for the outermost of nested calls. */
    synchronized boolean handshakeEnds() {
        if (!handshaking.leave()) {
            return false;
        }
        current.leave();
        return true;
    }

    /** An engine's beginHandshake begins, which its own wrap or unwrap may call. */
    synchronized void beginBegins() {
        if (handshaking.enter()) {
            current.enter(this);
        }
    }

    /** It ends: true for the outermost of nested calls. */
    synchronized boolean beginEnds() {
        if (!handshaking.leave()) {
            return false;
        }
        boolean nested = wrapping.isWithin() || unwrapping.isWithin();
        if (!nested) {
            current.leave();
        }
        return !nested;
    }

    /** The stack tells the content of its records: messages are taken from there. */
    synchronized void tellsContent() {
        told = true;
    }

    boolean isSocket() {
        return connection.origin() instanceof SSLSocket;
    }

    /** The content of a record before it is encrypted, or after it was decrypted. */
    synchronized void content(Direction direction, int type, byte[] bytes) {
        boolean out = direction.equals(Direction.OUT);
        spoken(out);
        if (type == ContentType.HANDSHAKE) {
            for (byte[] message : (out ? sentContent : receivedContent).add(bytes, 0)) {
                handshake(out, message);
                connection.add(message(direction, type).put(Field.BYTES, message));
            }
            return;
        }
        if (type == ContentType.ALERT && bytes.length == 2) {
            alert(out, bytes[0] & 0xff, bytes[1] & 0xff);
        }
        connection.add(message(direction, type).put(Field.BYTES, bytes));
    }

    /** A record of a socket as it crosses the wire. */
    synchronized void wire(Direction direction, byte[] bytes, boolean tls) {
        spoken(direction.equals(Direction.OUT));
        record(direction, bytes, tls);
    }

    /** Whether bytes are recorded still: up to the end of the handshake, unless all records are captured. */
    boolean isWanted() {
        return !connection.joinedLate() && (!connection.isCompleted() || stack.records == RecordScope.ALL);
    }

    private void spoken(boolean bySelf) {
        if (client == null) {
            client = bySelf; // the client speaks first (RFC 8446, 2)
        }
        announce.run();
    }

    private void record(Direction direction, byte[] bytes, boolean tls) {
        boolean out = direction.equals(Direction.OUT);
        ClearMessages messages = out ? sentMessages : receivedMessages;
        int type = bytes[0] & 0xff;
        boolean clear = tls && type != ContentType.APPLICATION_DATA && (tls13 || !messages.hasCipherChanged());
        long number = connection.nextRecord();
        if (stack.records != RecordScope.NONE) {
            Event event = connection.event(EventType.RECORD).put(direction).put(Field.RECORD_NUMBER, number);
            if (out && tls) {
                event.put(Field.CONTENT_TYPE, type);
            }
            if (clear || !tls) {
                event.put(Field.EPOCH, 0);
            } else if (!tls13) {
                event.put(Field.EPOCH, 1);
            }
            connection.add(
                    event.put(Field.THREAD, Thread.currentThread().getName()).put(Field.BYTES, bytes));
        }
        if (!out) {
            connection.received(number, messages.isWithin());
        }
        if (clear) {
            clear(direction, type, bytes, messages, number);
        } else if (!tls && !out) {
            stack.addresses.plaintext(connection);
        }
    }

    private void clear(Direction direction, int type, byte[] record, ClearMessages messages, long number) {
        boolean out = direction.equals(Direction.OUT);
        if (type == ContentType.HANDSHAKE) {
            for (byte[] message : messages.add(record, RECORD_HEADER)) {
                if (told) {
                    tls13 |= ClearMessages.selectsTls13(message);
                } else {
                    handshake(out, message);
                    add(direction, type, message, number);
                }
            }
        } else if (type == ContentType.CHANGE_CIPHER_SPEC) {
            messages.cipherChanged();
            if (!told) {
                add(direction, type, Arrays.copyOfRange(record, RECORD_HEADER, record.length), number);
            }
        } else if (!told && type == ContentType.ALERT && record.length == RECORD_HEADER + 2) {
            alert(out, record[RECORD_HEADER] & 0xff, record[RECORD_HEADER + 1] & 0xff);
            add(direction, type, Arrays.copyOfRange(record, RECORD_HEADER, record.length), number);
        }
    }

    private void handshake(boolean out, byte[] message) {
        if (message[0] == CLIENT_HELLO && message.length >= RANDOM + 32) {
            connection.clientRandom(Arrays.copyOfRange(message, RANDOM, RANDOM + 32));
        }
        tls13 |= ClearMessages.selectsTls13(message);
        stack.addresses.message(connection, out, message);
    }

    private void alert(boolean out, int level, int description) {
        if (out) {
            stack.recorder.counters().alertsSent.incrementAndGet();
            sentAlert = level == FATAL ? description : sentAlert;
        } else {
            stack.recorder.counters().alertsReceived.incrementAndGet();
            receivedAlert = level == FATAL ? description : receivedAlert;
        }
    }

    private void add(Direction direction, int type, byte[] bytes, long number) {
        Event message = message(direction, type);
        if (direction.equals(Direction.IN) && stack.records != RecordScope.NONE) {
            for (long carrier : connection.carriers(number)) {
                message.put(Field.RECORD_NUMBER, carrier);
            }
        }
        connection.add(message.put(Field.BYTES, bytes));
    }

    private Event message(Direction direction, int type) {
        return connection
                .event(EventType.MESSAGE)
                .put(direction)
                .put(Field.CONTENT_TYPE, type)
                .put(Field.THREAD, Thread.currentThread().getName());
    }

    private static int position(Object[] buffers) {
        int sum = 0;
        for (Object buffer : buffers) {
            sum += buffer instanceof ByteBuffer ? ((Buffer) buffer).position() : 0;
        }
        return sum;
    }

    private static byte[] copy(Object[] buffers) {
        int length = 0;
        for (Object buffer : buffers) {
            length += buffer instanceof ByteBuffer ? ((Buffer) buffer).remaining() : 0;
        }
        byte[] bytes = new byte[Math.min(length, MOST_OF_A_CALL)];
        int at = 0;
        for (Object buffer : buffers) {
            if (buffer instanceof ByteBuffer && at < bytes.length) {
                ByteBuffer view = ((ByteBuffer) buffer).duplicate();
                int count = Math.min(((Buffer) view).remaining(), bytes.length - at);
                view.get(bytes, at, count);
                at += count;
            }
        }
        return bytes;
    }
}
