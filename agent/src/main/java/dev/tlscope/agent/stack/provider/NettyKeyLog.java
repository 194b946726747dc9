package dev.tlscope.agent.stack.provider;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.WeakIdentityMap;
import dev.tlscope.agent.reflect.ApplicationField;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of netty-tcnative (2.0.66 and later, with BoringSSL), also shaded: it passes each to the key log callback of its
 * SSLContext. Ours is set before the first call of an SSLContext's first engine, and only where nobody can have set one. It is
 * never taken away, because native code on another thread may be about to call it: its classes are the JDK's, and a detach cuts it
 * off from the agent.
 */
final class NettyKeyLog {
    private static final String PACKAGE = "io.netty.handler.ssl.";
    private static final String ENGINE = PACKAGE + "ReferenceCountedOpenSslEngine";
    private static final String TCNATIVE = "io.netty.internal.tcnative.";
    private static final MethodType LINE = MethodType.methodType(void.class, long.class, byte[].class);

    private final StackContext stack;
    private final MutableCallSite site = new MutableCallSite(LINE);
    private final NativeConnections logging = new NativeConnections();

    /** By ReferenceCountedOpenSslContext. */
    private final WeakIdentityMap<Boolean> seen = new WeakIdentityMap<>();

    /** By class of our callbacks, and by interface that we loaded. */
    private final WeakIdentityMap<Boolean> own = new WeakIdentityMap<>();

    private NettyKeyLog(StackContext stack) {
        this.stack = stack;
    }

    /** For one attach; null without secrets, and on Java 8, which does not list the classes of all lambdas. */
    static @Nullable NettyKeyLog of(StackContext stack) {
        if (!stack.secrets
                || System.getProperty("java.specification.version", "").startsWith("1.")) {
            return null;
        }
        NettyKeyLog log = new NettyKeyLog(stack);
        try {
            MethodHandle line = MethodHandles.lookup().findVirtual(NettyKeyLog.class, "line", LINE);
            log.site.setTarget(line.bindTo(log));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new LinkageError(e.toString(), e);
        }
        MethodHandle nothing = MethodHandles.dropArguments(
                MethodHandles.constant(Object.class, null).asType(MethodType.methodType(void.class)),
                0,
                LINE.parameterArray());
        stack.atEnd(new Runnable() {
            @Override
            public void run() {
                log.site.setTarget(nothing);
                MutableCallSite.syncAll(new MutableCallSite[] {log.site});
            }
        });
        return log;
    }

    /** Called before an engine's first call; true when nothing more is to be done for it. */
    boolean begins(Object engine, ProviderConnection at) {
        Class<?> type = nettys(engine.getClass());
        Object context = type == null ? null : ApplicationField.read(engine, "parentContext");
        if (type == null || context == null) {
            return true;
        }
        logging.put(ApplicationField.number(engine, "ssl", 0), at);
        if (seen.get(context) != null) {
            return true;
        }
        Object locks = ApplicationField.read(context, "ctxLock");
        // its owner frees the native object under the other lock, and clears the field
        Lock lock = locks instanceof ReadWriteLock ? ((ReadWriteLock) locks).readLock() : null;
        if (lock == null) {
            return true;
        }
        if (!lock.tryLock()) {
            return false;
        }
        try {
            if (seen.putIfAbsent(context, true) == null) {
                set(type, ApplicationField.number(context, "ctx", 0));
            }
        } finally {
            lock.unlock();
        }
        return true;
    }

    private void set(Class<?> type, long ctx) {
        ClassLoader loader = type.getClassLoader();
        String tcnative = type.getName().substring(0, type.getName().length() - ENGINE.length()) + TCNATIVE;
        String name = tcnative + "KeyLogCallback";
        try {
            if (ctx != 0 && nobodyHasOne(name)) {
                Class<?> callback = Class.forName(name, false, loader);
                own.put(callback, true);
                Object ours = MethodHandleProxies.asInterfaceInstance(callback, site.dynamicInvoker());
                own.put(ours.getClass(), true);
                Class.forName(tcnative + "SSLContext", false, loader)
                        .getMethod("setKeyLogCallback", long.class, callback)
                        .invoke(null, ctx, ours);
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            // a release that has no such callback
        }
    }

    /**
     * Who sets a callback has loaded the interface, and a class that implements it. So has an earlier attach, whose callback
     * stays.
     */
    private boolean nobodyHasOne(String name) {
        for (Class<?> loaded : stack.sightings.loaded()) {
            if (loaded.getName().equals(name) && own.get(loaded) == null) {
                return false;
            }
            if (own.get(loaded) == null && implementsIt(loaded, name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean implementsIt(Class<?> type, String name) {
        if (type.isArray() || type.isPrimitive() || type.getClassLoader() == null) {
            return false;
        }
        for (Class<?> each : type.getInterfaces()) {
            if (each.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Class<?> nettys(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().endsWith(ENGINE)) {
                return at;
            }
        }
        return null;
    }

    /** The callback, in a call of the engine or in one of its tasks. Nothing may be thrown into native code. */
    @SuppressWarnings("unused") // by its method handle
    private void line(long ssl, byte[] line) {
        try {
            ProviderConnection at = logging.get(ssl);
            SecretLine secret = at == null ? null : SecretLine.of(line);
            if (at != null && secret != null) {
                record(at.connection, secret);
            }
        } catch (Throwable t) {
            // the secret is lost, and the application goes on
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void record(Connection connection, SecretLine secret) {
        byte[] random = connection.clientRandom();
        if (random != null && !Arrays.equals(random, secret.clientRandom)) {
            Arrays.fill(secret.secret, (byte) 0); // of another connection
            return;
        }
        connection.add(connection
                .event(EventType.SECRET)
                .put(Field.LABEL, secret.label.name())
                .put(Field.CLIENT_RANDOM, secret.clientRandom)
                .put(Field.BYTES, secret.secret));
    }
}
