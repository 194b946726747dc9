package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.stack.jsse.field.EngineStatus;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Writes into a FAILURE which side of an engine's unfinished handshake had to act next, and the stack of a delegated
 * task that has not ended.
 */
final class EngineTurn {
    private static final int MOST_FRAMES = 40;

    private EngineTurn() {}

    /** Writes nothing for a socket, or after the handshake. */
    static void put(Event event, Object context, Connection connection) {
        if (Jsse.isNegotiated(context) || !(Jsse.transport(context) instanceof SSLEngine)) {
            return;
        }
        Thread running = connection.engineUse().taskThread();
        if (running == Thread.currentThread()) {
            return; // the task itself fails: its stack is the failure's
        }
        String status = running == null ? EngineStatus.of(context) : "NEED_TASK";
        event.put(Field.ENGINE_STATUS, status);
        if (running != null) {
            event.put(Field.TASK_STATE, "running");
            putStack(event, running);
        } else if ("NEED_TASK".equals(status)) {
            event.put(Field.TASK_STATE, EngineStatus.isTaskTaken(context) ? "taken" : "due");
        }
    }

    /** Of an engine that is gone and made a message that nobody has wrapped. */
    static void putUnwrapped(Event event) {
        event.put(Field.ENGINE_STATUS, "NEED_WRAP");
    }

    private static void putStack(Event event, Thread running) {
        StackTraceElement[] stack = stackOf(running);
        for (int i = 0; stack != null && i < Math.min(stack.length, MOST_FRAMES); i++) {
            event.put(Field.TASK_FRAME, stack[i].toString());
        }
    }

    /** A SecurityManager (JDK 17 and earlier) may deny it. */
    private static StackTraceElement @Nullable [] stackOf(Thread running) {
        try {
            return running.getStackTrace();
        } catch (RuntimeException e) {
            return null;
        }
    }
}
