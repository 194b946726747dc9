package dev.tlscope.agent.socket;

import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.RESULT;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.HookRow;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import java.io.FileDescriptor;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the bytes that pass through the JVM's sockets, and the sockets' ends, for the engines above them: an
 * SSLEngine has no socket, and learns of the end of a stream, a reset or a close only if its application reports it.
 * Application's threads; no thread waits for another.
 *
 * <p>The hooks are in SocketDispatcher for SocketChannel, AsynchronousSocketChannel and, from JDK 13 on, Socket; in Socket's
 * own streams before. They are woven when an SSLEngine is first used. Bytes that are read are seen after the call. Bytes that
 * are written are seen before it, since a relay in the same JVM may have passed them on when the call returns; in the old
 * streams after it, since these check their arguments within.
 */
public final class SocketTaps {
    /** Packages of java.base that this package reads by reflection. */
    public static final List<String> PACKAGES = Collections.unmodifiableList(Arrays.asList("sun.nio.ch", "java.net"));

    private static final String ONE_BUFFER = "(Ljava/io/FileDescriptor;JI)I";
    private static final String SEVERAL_BUFFERS = "(Ljava/io/FileDescriptor;JI)J";

    private static final JdkField STREAM_IMPL = new JdkField("impl");
    private static final JdkField DESCRIPTOR = new JdkField("fd");

    private final EngineSockets sockets;
    private final EngineAddresses addresses;

    public SocketTaps(EngineSockets sockets, EngineAddresses addresses) {
        this.sockets = sockets;
        this.addresses = addresses;
    }

    /** Adds the hooks to a table; they are woven on demand. */
    public void declare(HookTable table) {
        dispatcher(table);
        streams(table);
        HookTarget closed = (a, b, c, d, e) -> closed(a);
        // At the beginning of the method, while the descriptor exists, and on the thread that closes it.
        close(table, "channel-closed", "sun.nio.ch.SocketChannelImpl", "implCloseSelectableChannel", closed);
        close(table, "asynchronous-closed", "sun.nio.ch.UnixAsynchronousSocketChannelImpl", "implClose", closed);
        close(table, "socket-closed", "sun.nio.ch.NioSocketImpl", "close", closed);
        close(table, "stream-closed", "java.net.AbstractPlainSocketImpl", "close", closed);
    }

    private void dispatcher(HookTable table) {
        dispatcher(table, "socket-read", "read", EXIT, ONE_BUFFER)
                .pass(arg(0), arg(1), RESULT)
                .direct("bytes")
                .to((a, b, c, d, e) -> bytes(true, (FileDescriptor) a, (Long) b, (Integer) c));
        dispatcher(table, "socket-readv", "readv", EXIT, SEVERAL_BUFFERS)
                .pass(arg(0), arg(1), arg(2), RESULT)
                .direct("vector")
                .to((a, b, c, d, e) -> vectorRead((FileDescriptor) a, (Long) b, (Integer) c, (Long) d));
        dispatcher(table, "socket-write", "write", ENTER, ONE_BUFFER)
                .pass(arg(0), arg(1), arg(2))
                .direct("bytes")
                .to((a, b, c, d, e) -> bytes(false, (FileDescriptor) a, (Long) b, (Integer) c));
        dispatcher(table, "socket-writev", "writev", ENTER, SEVERAL_BUFFERS)
                .pass(arg(0), arg(1), arg(2))
                .direct("whole")
                .to((a, b, c, d, e) -> vector(false, (FileDescriptor) a, (Long) b, (Integer) c, EngineAddresses.LEAST));
        HookTarget broken = (a, b, c, d, e) -> broken((FileDescriptor) a, (Throwable) b);
        for (String method : new String[] {"read", "readv", "write", "writev"}) {
            dispatcher(
                            table,
                            "socket-" + method + "-broken",
                            method,
                            THROW,
                            method.endsWith("v") ? SEVERAL_BUFFERS : ONE_BUFFER)
                    .pass(arg(0), THROWN)
                    .to(broken);
        }
    }

    private static HookRow dispatcher(HookTable table, String id, String method, Hook.Where where, String descriptor) {
        return table.on("sun.nio.ch.SocketDispatcher", method, where, descriptor)
                .named(id)
                .onDemand();
    }

    private void streams(HookTable table) {
        String input = "java.net.SocketInputStream";
        String read = "([BIII)I";
        String output = "java.net.SocketOutputStream";
        String write = "([BII)V";
        HookTarget broken = (a, b, c, d, e) -> broken(ofStream(a), (Throwable) b);
        table.on(input, "read", EXIT, read)
                .named("stream-read")
                .onDemand()
                .pass(THIS, arg(0), arg(1), RESULT)
                .direct("array")
                .to((a, b, c, d, e) -> array(true, a, (byte[]) b, (Integer) c, (Integer) d));
        table.on(input, "read", THROW, read)
                .named("stream-read-broken")
                .onDemand()
                .pass(THIS, THROWN)
                .to(broken);
        table.on(output, "socketWrite", EXIT, write)
                .named("stream-write")
                .onDemand()
                .pass(THIS, arg(0), arg(1), arg(2))
                .direct("array")
                .to((a, b, c, d, e) -> array(false, a, (byte[]) b, (Integer) c, (Integer) d));
        table.on(output, "socketWrite", THROW, write)
                .named("stream-write-broken")
                .onDemand()
                .pass(THIS, THROWN)
                .to(broken);
    }

    private static void close(HookTable table, String id, String owner, String method, HookTarget closed) {
        table.on(owner, method, ENTER, "()V").named(id).onDemand().pass(THIS).to(closed);
    }

    /** SocketDispatcher.read returned, or write begins: a number of bytes at an address outside the heap. */
    private void bytes(boolean reading, FileDescriptor descriptor, long address, int count)
            throws ReflectiveOperationException {
        if (count < 0) {
            sockets.ended(descriptor, null);
        } else {
            addresses.passed(reading, descriptor, NativeBytes.copy(address, Math.min(count, EngineAddresses.LEAST)));
        }
    }

    /** SocketDispatcher.readv returned. */
    private void vectorRead(FileDescriptor descriptor, long address, int buffers, long count)
            throws ReflectiveOperationException {
        if (count < 0) {
            sockets.ended(descriptor, null);
        } else {
            vector(true, descriptor, address, buffers, (int) Math.min(count, EngineAddresses.LEAST));
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
            byte[] head = new byte[Math.min(count, EngineAddresses.LEAST)];
            System.arraycopy(array, offset, head, 0, head.length);
            addresses.passed(reading, descriptor, head);
        }
    }

    /** Called when a read or write threw. A read that timed out is not an end: the application may read again. */
    private void broken(@Nullable FileDescriptor descriptor, Throwable thrown) {
        if (descriptor != null && !(thrown instanceof InterruptedIOException)) {
            sockets.ended(descriptor, thrown.toString());
        }
    }

    /** Called when the application closes a channel or SocketImpl. */
    private void closed(Object socket) {
        Object descriptor = DESCRIPTOR.get(socket);
        Connection connection =
                descriptor instanceof FileDescriptor ? sockets.closed((FileDescriptor) descriptor) : null;
        if (connection != null) {
            addresses.closed(connection, socket);
            connection.owner().socketClosed(connection);
        } else {
            addresses.closedUnknown(socket);
        }
    }

    private static @Nullable FileDescriptor ofStream(Object stream) {
        return SocketAddresses.descriptor(STREAM_IMPL.get(stream));
    }
}
