package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.CipherEpochs;
import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** RECORD events of TLS and DTLS. */
final class RecordEvents {
    private static final byte DTLS_MAJOR = (byte) 0xfe;

    /** Frames of the stack of a thread that shares an engine: enough to reach from JSSE into the application. */
    private static final int MOST_FRAMES = 24;

    private RecordEvents() {}

    /**
     * A RECORD event.
     *
     * @param direction {@code in} or {@code out}
     * @param number the record's number within the connection
     */
    static Event of(Connection connection, Direction direction, long number) {
        return connection.event(EventType.RECORD).put(direction).put(Field.RECORD_NUMBER, number);
    }

    /** Writes epoch and sequence number. A plaintext record of TLS has no sequence number; one of DTLS contains it. */
    static Event put(Event event, int epoch, long sequence, boolean datagram) {
        if (epoch != CipherEpochs.UNKNOWN) {
            event.put(Field.EPOCH, epoch);
        }
        boolean counted = sequence != JsseCipher.UNCOUNTED && (epoch != 0 || datagram);
        return counted ? event.put(Field.SEQUENCE, sequence) : event;
    }

    /** Records a whole record, if the connection and the bytes are known. */
    static void add(
            @Nullable Connection connection, Direction direction, byte @Nullable [] bytes, int epoch, long sequence) {
        if (connection != null && bytes != null) {
            Event event = of(connection, direction, connection.nextRecord());
            connection.add(put(event, epoch, sequence, bytes[1] == DTLS_MAJOR).put(Field.BYTES, bytes));
        }
    }

    /**
     * Writes the thread. Two threads that wrap or unwrap at the same time may send or receive records in another order
     * than the engine counts. Called for application data only with records=all.
     */
    static void putThread(Event event, Connection connection, byte contentType, boolean sent) {
        Thread thread = Thread.currentThread();
        event.put(Field.THREAD, thread.getName());
        if (contentType == ContentType.APPLICATION_DATA
                && connection.isCompleted()
                && connection.engineUse().passes(sent, System.identityHashCode(thread))) {
            ThrowableFields.putFrames(event, new Throwable().getStackTrace(), MOST_FRAMES);
        }
    }

    /** The bytes of a buffer between two indexes. Its position does not change. */
    static byte[] copy(ByteBuffer buffer, int start, int end) {
        byte[] bytes = new byte[end - start];
        copy(buffer, start, bytes, 0, bytes.length);
        return bytes;
    }

    /** Copies bytes of a buffer from an index on. Its position does not change; a view is made only of a buffer outside the heap. */
    static void copy(ByteBuffer buffer, int start, byte[] into, int at, int length) {
        if (buffer.hasArray()) {
            System.arraycopy(buffer.array(), buffer.arrayOffset() + start, into, at, length);
            return;
        }
        ByteBuffer view = buffer.duplicate();
        // In Java 8, limit and position return a Buffer.
        ((java.nio.Buffer) view).limit(start + length);
        ((java.nio.Buffer) view).position(start);
        view.get(into, at, length);
    }
}
