package dev.tlscope.agent.control;

import dev.tlscope.agent.reflect.LoadedClasses;
import dev.tlscope.agent.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the JVM's socket I/O at the first use of SSLEngine, to find the engines' sockets: a JVM that uses only
 * SSLSocket, or no TLS, keeps its I/O unchanged. Runs once, on the thread that creates the first engine, called from
 * woven code, because the JVM does not retransform loaded classes within a class file transformer.
 */
final class SocketWeaving implements Runnable {
    private final Instrumentation instrumentation;
    private final Weaver weaver;
    private volatile boolean used;
    private boolean woven;
    private boolean over;
    private volatile @Nullable String error;

    SocketWeaving(Instrumentation instrumentation, Weaver weaver) {
        this.instrumentation = instrumentation;
        this.weaver = weaver;
    }

    /** Weaves at once when engines were in use before the attach. */
    void begin() {
        Set<String> engines = new HashSet<>();
        for (String name : Stacks.engines()) {
            engines.add(name.replace('.', '/'));
        }
        if (!LoadedClasses.ofBootstrap(instrumentation, engines).isEmpty()) {
            run();
        }
    }

    /** Why the addresses of engines stay unknown; null if they are found. */
    @Nullable
    String error() {
        return error;
    }

    /**
     * Restores the original bytes of the I/O classes.
     *
     * @return the classes for which that failed, with the reason
     */
    synchronized List<String> stop() {
        over = true;
        if (!woven) {
            return Collections.emptyList();
        }
        instrumentation.removeTransformer(weaver);
        return new Retransformation(instrumentation, weaver).restore();
    }

    /** Called when an engine is created. */
    @Override
    @SuppressWarnings("removal") // AccessController: until JDK 17 a SecurityManager may be installed
    public void run() {
        if (!used) {
            used = true;
            AccessController.doPrivileged(new PrivilegedAction<Boolean>() {
                @Override
                public Boolean run() {
                    arm();
                    return true;
                }
            });
        }
    }

    private synchronized void arm() {
        if (woven || over) {
            return;
        }
        try {
            JavaBase.ioTap();
            woven = true;
            instrumentation.addTransformer(weaver, true);
            List<String> failed = new Retransformation(instrumentation, weaver).weave(name -> true);
            if (!failed.isEmpty()) {
                error = "addresses of SSLEngine connections may stay unknown: " + failed.get(0);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            error = "addresses of SSLEngine connections stay unknown: " + e;
        }
    }
}
