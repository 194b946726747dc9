package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.tls.ContentType;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads from an SSLEngine's fields which side has to act next: SSLEngine.getHandshakeStatus takes a lock that the
 * application may hold. The fields are read without the lock, and only at a failure.
 */
public final class EngineStatus {
    private static final JdkField ACTIONS = new JdkField("delegatedActions");
    private static final JdkField DELEGATED = new JdkField("taskDelegated");
    private static final JdkField FRAGMENTER = new JdkField("fragmenter");
    private static final JdkField MEMOS = new JdkField("handshakeMemos");
    private static final JdkField MEMO_TYPE = new JdkField("contentType");

    private EngineStatus() {}

    /** The name in SSLEngineResult.HandshakeStatus; null without a HandshakeContext. */
    public static @Nullable String of(Object context) {
        Object handshake = Jsse.handshakeContext(context);
        if (handshake == null) {
            return null;
        }
        Object memos = MEMOS.get(FRAGMENTER.get(Jsse.outputRecord(context)));
        Object first = memos instanceof Deque ? ((Deque<?>) memos).peekFirst() : null;
        Byte type = (Byte) MEMO_TYPE.get(first);
        // the alert of an application that closes waits there too, and is not the reason why it gave up
        if (type != null && type != ContentType.ALERT) {
            return "NEED_WRAP";
        }
        return hasTask(handshake) ? "NEED_TASK" : "NEED_UNWRAP";
    }

    /** True when messages wait for a delegated task, which removes them when it begins. */
    static boolean hasTask(Object handshake) {
        Object actions = ACTIONS.get(handshake);
        return actions instanceof Collection && !((Collection<?>) actions).isEmpty();
    }

    /** True when the application has taken that task (SSLEngine.getDelegatedTask). */
    public static boolean isTaskTaken(Object context) {
        return DELEGATED.isTrue(Jsse.handshakeContext(context));
    }
}
