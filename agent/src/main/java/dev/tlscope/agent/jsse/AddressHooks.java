package dev.tlscope.agent.jsse;

import static dev.tlscope.agent.weave.Value.RESULT;
import static dev.tlscope.agent.weave.Value.THIS;
import static dev.tlscope.agent.weave.Value.argument;

import dev.tlscope.agent.weave.Hook;
import dev.tlscope.agent.weave.Hook.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where bytes pass between the JVM and its sockets: by SocketDispatcher for SocketChannel, AsynchronousSocketChannel and, from
 * JDK 13 on, Socket; by Socket's own streams before. Woven when an SSLEngine is first used, and only
 * then; after the call, when arguments are checked and the bytes have gone or come.
 */
public final class AddressHooks {
    static final int READ = 60;
    static final int READ_VECTOR = 61;
    static final int WRITE = 62;
    static final int WRITE_VECTOR = 63;
    static final int STREAM_READ = 64;
    static final int STREAM_WRITE = 65;

    /** The class that is loaded once engines are in use. */
    public static final String TRIGGER = "sun/security/ssl/SSLEngineImpl";

    /** The class that {@link dev.tlscope.agent.weave.IoTap} makes. */
    public static final String IO_TAP = "sun.security.ssl.TlscopeIo1";

    /** All rows. */
    public static final List<Hook> TABLE;

    static {
        List<Hook> table = new ArrayList<>();
        String dispatcher = "sun/nio/ch/SocketDispatcher";
        table.add(bytes(READ, "socket-read", dispatcher, "read"));
        table.add(vector(READ_VECTOR, "socket-readv", dispatcher, "readv"));
        table.add(bytes(WRITE, "socket-write", dispatcher, "write"));
        table.add(vector(WRITE_VECTOR, "socket-writev", dispatcher, "writev"));
        String array = "(ILjava/lang/Object;[BII)V";
        table.add(Hook.of(STREAM_READ, "stream-read", "java/net/SocketInputStream", "read", Where.EXIT, "([BIII)I")
                .pass(THIS, argument(0), argument(1), RESULT)
                .direct("array", array));
        table.add(Hook.of(
                        STREAM_WRITE,
                        "stream-write",
                        "java/net/SocketOutputStream",
                        "socketWrite",
                        Where.EXIT,
                        "([BII)V")
                .pass(THIS, argument(0), argument(1), argument(2))
                .direct("array", array));
        TABLE = Collections.unmodifiableList(table);
    }

    private AddressHooks() {}

    private static Hook bytes(int number, String id, String owner, String method) {
        return Hook.of(number, id, owner, method, Where.EXIT, "(Ljava/io/FileDescriptor;JI)I")
                .pass(argument(0), argument(1), RESULT)
                .direct("bytes", "(ILjava/io/FileDescriptor;JI)V");
    }

    private static Hook vector(int number, String id, String owner, String method) {
        return Hook.of(number, id, owner, method, Where.EXIT, "(Ljava/io/FileDescriptor;JI)J")
                .pass(argument(0), argument(1), argument(2), RESULT)
                .direct("vector", "(ILjava/io/FileDescriptor;JIJ)V");
    }
}
