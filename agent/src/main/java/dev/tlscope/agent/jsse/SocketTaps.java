package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Connection;
import java.io.FileDescriptor;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What passes through the JVM's sockets, and how they end, for the engines above them: an SSLEngine sees no socket, and learns of
 * the end of a stream, a reset or a close only if its application tells it. Application's threads; nobody waits for anybody.
 */
final class SocketTaps {
    private static final JsseField STREAM_IMPL = new JsseField("impl");
    private static final JsseField DESCRIPTOR = new JsseField("fd");

    private final EngineSockets sockets;
    private final AddressTaps addresses;
    private final FailureTaps failures;

    SocketTaps(EngineSockets sockets, AddressTaps addresses, FailureTaps failures) {
        this.sockets = sockets;
        this.addresses = addresses;
        this.failures = failures;
    }

    void accept(int hook, Object[] v) throws ReflectiveOperationException {
        switch (hook) {
            case SocketHooks.READ:
            case SocketHooks.WRITE:
                bytes(hook == SocketHooks.READ, (FileDescriptor) v[0], (Long) v[1], (Integer) v[2]);
                break;
            case SocketHooks.READ_VECTOR:
                vectorRead((FileDescriptor) v[0], (Long) v[1], (Integer) v[2], (Long) v[3]);
                break;
            case SocketHooks.WRITE_VECTOR:
                vector(false, (FileDescriptor) v[0], (Long) v[1], (Integer) v[2], AddressTaps.LEAST);
                break;
            case SocketHooks.STREAM_READ:
            case SocketHooks.STREAM_WRITE:
                array(hook == SocketHooks.STREAM_READ, v[0], (byte[]) v[1], (Integer) v[2], (Integer) v[3]);
                break;
            case SocketHooks.READ_BROKEN:
            case SocketHooks.READ_VECTOR_BROKEN:
            case SocketHooks.WRITE_BROKEN:
            case SocketHooks.WRITE_VECTOR_BROKEN:
                broken((FileDescriptor) v[0], (Throwable) v[1]);
                break;
            case SocketHooks.STREAM_READ_BROKEN:
            case SocketHooks.STREAM_WRITE_BROKEN:
                broken(ofStream(v[0]), (Throwable) v[1]);
                break;
            default:
                closed(v[0]);
        }
    }

    /** SocketDispatcher.read returned, or write begins: so many bytes at an address outside the heap. */
    private void bytes(boolean reading, FileDescriptor descriptor, long address, int count)
            throws ReflectiveOperationException {
        if (count < 0) {
            sockets.ended(descriptor, null);
        } else {
            addresses.passed(reading, descriptor, NativeBytes.copy(address, Math.min(count, AddressTaps.LEAST)));
        }
    }

    /** SocketDispatcher.readv returned. */
    private void vectorRead(FileDescriptor descriptor, long address, int buffers, long count)
            throws ReflectiveOperationException {
        if (count < 0) {
            sockets.ended(descriptor, null);
        } else {
            vector(true, descriptor, address, buffers, (int) Math.min(count, AddressTaps.LEAST));
        }
    }

    private void vector(boolean reading, FileDescriptor descriptor, long address, int buffers, int most)
            throws ReflectiveOperationException {
        addresses.passed(reading, descriptor, NativeBytes.gather(address, buffers, most));
    }

    /** SocketInputStream or SocketOutputStream, before JDK 13. */
    private void array(boolean reading, Object stream, byte[] array, int offset, int count) {
        FileDescriptor descriptor = ofStream(stream);
        if (descriptor == null) {
            return;
        }
        if (count < 0) {
            sockets.ended(descriptor, null);
        } else {
            byte[] head = new byte[Math.min(count, AddressTaps.LEAST)];
            System.arraycopy(array, offset, head, 0, head.length);
            addresses.passed(reading, descriptor, head);
        }
    }

    /** Reading or writing threw. A read that timed out is no end: the application may try again. */
    private void broken(@Nullable FileDescriptor descriptor, Throwable thrown) {
        if (descriptor != null && !(thrown instanceof InterruptedIOException)) {
            sockets.ended(descriptor, thrown.toString());
        }
    }

    /** The application closes a channel or SocketImpl. */
    private void closed(Object socket) {
        Object descriptor = DESCRIPTOR.get(socket);
        Connection connection =
                descriptor instanceof FileDescriptor ? sockets.closed((FileDescriptor) descriptor) : null;
        if (connection != null) {
            addresses.closed(connection, socket);
            failures.socketClosed(connection);
        }
    }

    private static @Nullable FileDescriptor ofStream(Object stream) {
        return SocketAddresses.descriptor(STREAM_IMPL.get(stream));
    }
}
