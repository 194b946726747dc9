package dev.tlscope.agent.control;

import dev.tlscope.agent.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes that the JVM loaded before its first use of TLS, such as RSA code that an application's own signatures
 * use: the session begins within a class file transformer, where the JVM does not retransform loaded classes. Runs once, on the
 * thread that makes the first connection, called from woven code, before that connection's first message.
 */
final class EarlyClasses implements Runnable {
    private final Instrumentation instrumentation;
    private final Weaver weaver;
    private volatile boolean done;
    private volatile @Nullable String error;

    EarlyClasses(Instrumentation instrumentation, Weaver weaver) {
        this.instrumentation = instrumentation;
        this.weaver = weaver;
    }

    /** Why the hooks in such classes are not woven; null if they are. */
    @Nullable
    String error() {
        return error;
    }

    /** Ends the session's weaving. */
    synchronized void stop() {
        done = true;
    }

    /** Called when a connection is created. */
    @Override
    @SuppressWarnings("removal") // AccessController: until JDK 17 a SecurityManager may be installed
    public void run() {
        if (!done) {
            AccessController.doPrivileged(new PrivilegedAction<Boolean>() {
                @Override
                public Boolean run() {
                    weave();
                    return true;
                }
            });
        }
    }

    private synchronized void weave() {
        if (done) {
            return;
        }
        done = true;
        List<String> failed = new Retransformation(instrumentation, weaver).weave(weaver::misses);
        if (!failed.isEmpty()) {
            error = "hooks in classes that were loaded before the first use of TLS are not woven: "
                    + String.join("; ", failed);
        }
    }
}
