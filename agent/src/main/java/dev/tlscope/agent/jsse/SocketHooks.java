package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.RESULT;
import static dev.tlscope.agent.weave.Value.THIS;
import static dev.tlscope.agent.weave.Value.THROWN;
import static dev.tlscope.agent.weave.Value.argument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where bytes pass between the JVM and its sockets, and where that ends: in SocketDispatcher for SocketChannel,
 * AsynchronousSocketChannel and, from JDK 13 on, Socket; in Socket's own streams before. Woven when an SSLEngine is first used,
 * and only then. What is read is looked at after the call; what is written before it, since a relay in the same JVM may have passed
 * it on when the call returns. The old streams check their arguments within, so that there even writing is looked at after it.
 */
public final class SocketHooks {
    static final int READ = 60;
    static final int READ_VECTOR = 61;
    static final int WRITE = 62;
    static final int WRITE_VECTOR = 63;
    static final int STREAM_READ = 64;
    static final int STREAM_WRITE = 65;
    static final int READ_BROKEN = 130;
    static final int READ_VECTOR_BROKEN = 131;
    static final int WRITE_BROKEN = 132;
    static final int WRITE_VECTOR_BROKEN = 133;
    static final int STREAM_READ_BROKEN = 134;
    static final int STREAM_WRITE_BROKEN = 135;
    static final int CHANNEL_CLOSED = 136;
    static final int ASYNCHRONOUS_CLOSED = 137;
    static final int SOCKET_CLOSED = 138;
    static final int STREAM_CLOSED = 139;

    /** The class that is loaded once engines are in use. */
    public static final String TRIGGER = "sun/security/ssl/SSLEngineImpl";

    /** The class that {@link dev.tlscope.agent.weave.IoTap} makes. */
    public static final String IO_TAP = "sun.security.ssl.TlscopeIo1";

    private static final String ONE_BUFFER = "(Ljava/io/FileDescriptor;JI)I";
    private static final String SEVERAL_BUFFERS = "(Ljava/io/FileDescriptor;JI)J";

    /** All rows. */
    public static final List<Hook> TABLE;

    static {
        List<Hook> table = new ArrayList<>();
        dispatcher(table);
        streams(table);
        closes(table);
        TABLE = Collections.unmodifiableList(table);
    }

    private SocketHooks() {}

    static boolean owns(int hook) {
        return (hook >= READ && hook <= STREAM_WRITE) || (hook >= READ_BROKEN && hook <= STREAM_CLOSED);
    }

    private static void dispatcher(List<Hook> table) {
        table.add(dispatcher(READ, "socket-read", "read", Where.EXIT, ONE_BUFFER)
                .pass(argument(0), argument(1), RESULT)
                .direct("bytes", "(ILjava/io/FileDescriptor;JI)V"));
        table.add(dispatcher(READ_VECTOR, "socket-readv", "readv", Where.EXIT, SEVERAL_BUFFERS)
                .pass(argument(0), argument(1), argument(2), RESULT)
                .direct("vector", "(ILjava/io/FileDescriptor;JIJ)V"));
        table.add(dispatcher(WRITE, "socket-write", "write", Where.ENTER, ONE_BUFFER)
                .pass(argument(0), argument(1), argument(2))
                .direct("bytes", "(ILjava/io/FileDescriptor;JI)V"));
        table.add(dispatcher(WRITE_VECTOR, "socket-writev", "writev", Where.ENTER, SEVERAL_BUFFERS)
                .pass(argument(0), argument(1), argument(2))
                .direct("whole", "(ILjava/io/FileDescriptor;JI)V"));
        table.add(broken(READ_BROKEN, "socket-read-broken", "read", ONE_BUFFER));
        table.add(broken(READ_VECTOR_BROKEN, "socket-readv-broken", "readv", SEVERAL_BUFFERS));
        table.add(broken(WRITE_BROKEN, "socket-write-broken", "write", ONE_BUFFER));
        table.add(broken(WRITE_VECTOR_BROKEN, "socket-writev-broken", "writev", SEVERAL_BUFFERS));
    }

    private static Hook broken(int number, String id, String method, String descriptor) {
        return dispatcher(number, id, method, Where.THROW, descriptor).pass(argument(0), THROWN);
    }

    private static Hook dispatcher(int number, String id, String method, Where where, String descriptor) {
        return Hook.of(number, id, "sun/nio/ch/SocketDispatcher", method, where, descriptor);
    }

    private static void streams(List<Hook> table) {
        String input = "java/net/SocketInputStream";
        String read = "([BIII)I";
        String output = "java/net/SocketOutputStream";
        String write = "([BII)V";
        String array = "(ILjava/lang/Object;[BII)V";
        table.add(Hook.of(STREAM_READ, "stream-read", input, "read", Where.EXIT, read)
                .pass(THIS, argument(0), argument(1), RESULT)
                .direct("array", array));
        table.add(Hook.of(STREAM_READ_BROKEN, "stream-read-broken", input, "read", Where.THROW, read)
                .pass(THIS, THROWN));
        table.add(Hook.of(STREAM_WRITE, "stream-write", output, "socketWrite", Where.EXIT, write)
                .pass(THIS, argument(0), argument(1), argument(2))
                .direct("array", array));
        table.add(Hook.of(STREAM_WRITE_BROKEN, "stream-write-broken", output, "socketWrite", Where.THROW, write)
                .pass(THIS, THROWN));
    }

    private static void closes(List<Hook> table) {
        table.add(
                close(CHANNEL_CLOSED, "channel-closed", "sun/nio/ch/SocketChannelImpl", "implCloseSelectableChannel"));
        table.add(close(
                ASYNCHRONOUS_CLOSED,
                "asynchronous-closed",
                "sun/nio/ch/UnixAsynchronousSocketChannelImpl",
                "implClose"));
        table.add(close(SOCKET_CLOSED, "socket-closed", "sun/nio/ch/NioSocketImpl", "close"));
        table.add(close(STREAM_CLOSED, "stream-closed", "java/net/AbstractPlainSocketImpl", "close"));
    }

    /** At its begin, while it has its descriptor, and by who closes it. */
    private static Hook close(int number, String id, String owner, String method) {
        return Hook.of(number, id, owner, method, Where.ENTER, "()V").pass(THIS);
    }
}
