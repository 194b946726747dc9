package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.CipherEpochs;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.stack.jsse.field.ThrowableFields;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** RECORD events, whatever the record is of. */
final class RecordEvents {
    private static final byte DTLS_MAJOR = (byte) 0xfe;

    /** Of the stack of a thread that shares an engine: enough to reach from JSSE into the application. */
    private static final int MOST_FRAMES = 24;

    private RecordEvents() {}

    /** One of that direction, in or out, and of that number within the connection. */
    static Event of(Connection connection, String direction, long number) {
        return connection
                .event(EventType.RECORD)
                .put(Field.DIRECTION, direction)
                .put(Field.RECORD_NUMBER, number);
    }

    /** In the clear nothing counts a record of TLS; one of DTLS carries its number. */
    static Event put(Event event, int epoch, long sequence, boolean datagram) {
        if (epoch != CipherEpochs.UNKNOWN) {
            event.put(Field.EPOCH, epoch);
        }
        boolean counted = sequence != JsseCipher.UNCOUNTED && (epoch != 0 || datagram);
        return counted ? event.put(Field.SEQUENCE, sequence) : event;
    }

    /** Adds a whole one; nothing where the connection or the bytes are not known. */
    static void add(
            @Nullable Connection connection, String direction, byte @Nullable [] bytes, int epoch, long sequence) {
        if (connection != null && bytes != null) {
            Event event = of(connection, direction, connection.nextRecord());
            connection.add(put(event, epoch, sequence, bytes[1] == DTLS_MAJOR).put(Field.BYTES, bytes));
        }
    }

    /**
     * Two threads that wrap, or unwrap, at once may send or take records in another order than the engine counts. Application
     * data passes here with records=all alone.
     */
    static void putThread(Event event, Connection connection, byte contentType, boolean sent) {
        Thread thread = Thread.currentThread();
        event.put(Field.THREAD, thread.getName());
        if (contentType == ContentType.APPLICATION_DATA
                && connection.isCompleted()
                && connection.passes(sent, System.identityHashCode(thread))) {
            ThrowableFields.putFrames(event, new Throwable().getStackTrace(), MOST_FRAMES);
        }
    }

    /** The bytes of a buffer from one place to another, wherever it stands; it stays there. */
    static byte[] copy(ByteBuffer buffer, int start, int end) {
        ByteBuffer view = buffer.duplicate();
        // In Java 8's own descriptors limit and position are Buffer's.
        ((java.nio.Buffer) view).limit(end);
        ((java.nio.Buffer) view).position(start);
        byte[] bytes = new byte[end - start];
        view.get(bytes);
        return bytes;
    }
}
