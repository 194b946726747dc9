package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.KeyStore;
import java.security.Security;
import java.security.UnrecoverableEntryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Detects that a key manager cannot open a key, or that the default SSLContext cannot be created: before any handshake,
 * or with PKIX during one, where JSSE reports nothing. Private loader, on the thread that opens the key; it does work
 * only when that fails.
 */
final class KeyStoreTaps {
    /** The classes that open keys for TLS. Keys that an application opens itself are not recorded. */
    private static final String[] ASKERS = {SSL + "SunX509KeyManagerImpl", SSL + "X509KeyManagerImpl"};

    private static final String[] KEY_STORE = {
        "javax.net.ssl.keyStore", "javax.net.ssl.keyStoreType", "javax.net.ssl.keyStoreProvider"
    };

    private static final String[] TRUST_STORE = {
        "javax.net.ssl.trustStore", "javax.net.ssl.trustStoreType", "javax.net.ssl.trustStoreProvider"
    };

    /** The security property that names the type of a store without a type of its own. */
    private static final String DEFAULT_TYPE = "keystore.type";

    private final Recorder recorder;

    /** Threads inside SunX509KeyManagerImpl's constructor, with the alias whose key they open. */
    private final Map<Thread, String> opening = new ConcurrentHashMap<>();

    KeyStoreTaps(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * SunX509 opens its keys when it is created; PKIX when a handshake first asks for one, and it does not report a
     * failure.
     */
    void declare(HookTable table) {
        String factory = SSL + "KeyManagerFactoryImpl$SunX509";
        String init = "(Ljava/security/KeyStore;[C)V";
        table.on(SSL + "SunX509KeyManagerImpl", "<init>", BEFORE_CALL, init)
                .inside("getKey")
                .named("key-asked")
                .pass(callArg(0))
                .to((a, b, c, d, e) -> asked((String) a));
        table.on(factory, "engineInit", THROW, init)
                .named("key-refused")
                .pass(arg(0), THROWN)
                .to((a, b, c, d, e) -> refused((KeyStore) a, opened(), (Throwable) b));
        table.on(factory, "engineInit", EXIT, init).named("keys-opened").to((a, b, c, d, e) -> opened());
        table.on(
                        "java.security.KeyStore",
                        "getEntry",
                        THROW,
                        "(Ljava/lang/String;Ljava/security/KeyStore$ProtectionParameter;)Ljava/security/KeyStore$Entry;")
                .named("entry-refused")
                .pass(THIS, arg(0), THROWN)
                .to((a, b, c, d, e) -> refused((KeyStore) a, (String) b, (Throwable) c));
        String holder = SSL + "SSLContextImpl$DefaultManagersHolder";
        table.on(holder, "getKeyManagers", THROW, "()[Ljavax/net/ssl/KeyManager;")
                .named("default-keys-failed")
                .pass(THROWN)
                .to((a, b, c, d, e) -> unmade(KEY_STORE, (Throwable) a));
        table.on(holder, "getTrustManagers", THROW, "()[Ljavax/net/ssl/TrustManager;")
                .named("default-trust-failed")
                .pass(THROWN)
                .to((a, b, c, d, e) -> unmade(TRUST_STORE, (Throwable) a));
    }

    /**
     * The default SSLContext cannot be created: records the store, its password, type or file, with the properties that
     * name it.
     */
    private void unmade(String[] properties, @Nullable Throwable thrown) {
        if (thrown == null) {
            return;
        }
        Event event = new Event(EventType.KEY_STORE, 0, recorder.now())
                .put(Field.THREAD, Thread.currentThread().getName());
        for (String name : properties) {
            String value = System.getProperty(name);
            if (value != null) {
                event.put(Field.NAME, "-D" + name).put(Field.VALUE, value);
            }
        }
        String type = Security.getProperty(DEFAULT_TYPE);
        if (type != null) {
            event.put(Field.NAME, DEFAULT_TYPE).put(Field.VALUE, type);
        }
        recorder.note(ThrowableFields.put(event, thrown, true));
    }

    /** Called when SunX509KeyManagerImpl is about to open the key of this alias. */
    private void asked(@Nullable String alias) {
        if (alias != null) {
            opening.put(Thread.currentThread(), alias);
        }
    }

    /**
     * Called when the key manager's keys were opened, or one could not be opened.
     *
     * @return the alias whose key was opened last
     */
    private @Nullable String opened() {
        return opening.remove(Thread.currentThread());
    }

    /** Records that the key of that alias could not be opened. */
    private void refused(@Nullable KeyStore store, @Nullable String alias, @Nullable Throwable thrown) {
        if (thrown == null || !isUnrecoverable(thrown) || !isForTls(thrown)) {
            return;
        }
        Event event = new Event(EventType.KEY_STORE, 0, recorder.now())
                .put(Field.ALIAS, alias)
                .put(Field.CLASS, store != null && store.getClass() == KeyStore.class ? store.getType() : null)
                .put(Field.THREAD, Thread.currentThread().getName());
        recorder.note(ThrowableFields.put(event, thrown, true));
    }

    /** True for UnrecoverableKeyException too, which is a subclass. */
    private static boolean isUnrecoverable(Throwable thrown) {
        return thrown instanceof UnrecoverableEntryException
                && thrown.getClass().getClassLoader() == null;
    }

    private static boolean isForTls(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            for (String asker : ASKERS) {
                if (frame.getClassName().equals(asker)) {
                    return true;
                }
            }
        }
        return false;
    }
}
