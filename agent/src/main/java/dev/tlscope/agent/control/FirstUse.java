package dev.tlscope.agent.control;

import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.reflect.LoadedClasses;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * With {@code -javaagent}, the agent up to the JVM's first use of TLS: a transformer that waits for a TLS stack's first class
 * and then starts the session, before a line of the stack has run. It costs a JVM that never uses TLS nothing else.
 *
 * <p>Runs once, on the thread that loads the class, and restores that thread's interrupt status. With a thread of our
 * own, this thread would have to wait for it during class loading, which can deadlock.
 */
final class FirstUse implements ClassFileTransformer {
    /** Internal names of the classes of which a TLS stack loads one first. */
    private final Set<String> triggers = new HashSet<>();

    private final Options options;
    private final Instrumentation instrumentation;

    private @Nullable Session session;
    private @Nullable Exception failure;

    private FirstUse(Options options, Instrumentation instrumentation) {
        this.options = options;
        this.instrumentation = instrumentation;
        for (String name : Stacks.firstUse()) {
            triggers.add(name.replace('.', '/'));
        }
    }

    /** Waits for the first use, or starts at once when another agent has used TLS already. */
    static FirstUse await(Options options, Instrumentation instrumentation) throws Exception {
        FirstUse waiting = new FirstUse(options, instrumentation);
        if (LoadedClasses.ofBootstrap(instrumentation, waiting.triggers).isEmpty()) {
            instrumentation.addTransformer(waiting);
        } else {
            waiting.session();
        }
        return waiting;
    }

    Options options() {
        return options;
    }

    /** The session; null while TLS has not been used. */
    synchronized @Nullable Session started() {
        return session;
    }

    /** The session, started now unless it was before. */
    Session session() throws Exception {
        return session(true);
    }

    /** @param scans whether classes of javax.net.ssl may be used, and not while one of them is being loaded */
    private synchronized Session session(boolean scans) throws Exception {
        if (failure != null) {
            throw failure;
        }
        Session started = session;
        if (started == null) {
            instrumentation.removeTransformer(this);
            try {
                started = Session.start(options, instrumentation, "-javaagent", scans);
            } catch (Exception e) {
                failure = e;
                throw e;
            }
            session = started;
        }
        return started;
    }

    @Override
    @SuppressWarnings("removal") // AccessController: until JDK 17 a SecurityManager may be installed
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null && className != null && triggers.contains(className)) {
            // An interrupted thread would close the files that it opens.
            boolean interrupted = Thread.interrupted();
            try {
                AccessController.doPrivileged((PrivilegedExceptionAction<Session>) () -> session(false));
            } catch (PrivilegedActionException e) {
                System.err.println("tlscope: not attached: " + e.getException());
            } catch (RuntimeException | LinkageError e) {
                System.err.println("tlscope: not attached: " + e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return null;
    }
}
