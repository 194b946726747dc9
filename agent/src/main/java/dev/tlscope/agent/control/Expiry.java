package dev.tlscope.agent.control;

import dev.tlscope.agent.sink.BareThread;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends an attachment after the time that option {@code for} sets, also when the attach client is long gone. It goes the way of an
 * attach client, through the entry class, which then lets the private loader go.
 */
final class Expiry {
    private static final String ENTRY = "dev.tlscope.agent.AgentMain";

    private final long seconds;
    private final long since;
    private final Instrumentation instrumentation;
    private final Thread thread = BareThread.of(this::await, "tlscope-expiry");
    private volatile boolean cancelled;

    /** @param since tells this attachment from later ones */
    Expiry(long seconds, long since, Instrumentation instrumentation) {
        this.seconds = seconds;
        this.since = since;
        this.instrumentation = instrumentation;
    }

    /** Starts to wait, unless there is no end. */
    void start() {
        if (seconds > 0) {
            thread.start();
        }
    }

    void cancel() {
        cancelled = true;
        LockSupport.unpark(thread);
    }

    private void await() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0 && !cancelled; left = end - System.nanoTime()) {
            // Code that interrupts all threads of the JVM must not make this one spin.
            Thread.interrupted();
            LockSupport.parkNanos(this, left);
        }
        if (!cancelled) {
            expire();
        }
    }

    private void expire() {
        try {
            ClassLoader.getSystemClassLoader()
                    .loadClass(ENTRY)
                    .getMethod("agentmain", String.class, Instrumentation.class)
                    .invoke(null, "command=" + Command.EXPIRE + "," + Command.SINCE + since, instrumentation);
        } catch (ReflectiveOperationException e) {
            // the entry class throws nothing; without it the attachment lasts until it is detached
        }
    }
}
