package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.ENGINE;
import static dev.tlscope.agent.stack.jsse.JsseNames.STRING;
import static dev.tlscope.agent.weave.Hook.Where.BEFORE_CALL;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;
import static dev.tlscope.agent.weave.HookValue.callArg;

import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.agent.weave.HookRow;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.Security;
import java.util.Collection;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Detects that an application cannot set TLS up, so that it makes no connection at all: no provider has the SSLContext or the
 * factory of managers that it asks for, the key store from which it makes PKIX parameters holds no trusted certificate, or its
 * SSLEngine has no mode yet or is used again.
 * Private loader, on the application's thread; it does work only when that fails.
 */
final class SetUpTaps {
    private static final String CONTEXTS = "javax.net.ssl.SSLContext";
    private static final String KEYS = "javax.net.ssl.KeyManagerFactory";
    private static final String TRUST = "javax.net.ssl.TrustManagerFactory";
    private static final String PKIX = "java.security.cert.PKIXParameters";

    /** An application may try again and again. */
    private static final int MOST = 200;

    private static final String[] DECIDING = {
        "ssl.KeyManagerFactory.algorithm", "ssl.TrustManagerFactory.algorithm", "keystore.type", "security.provider.1"
    };

    private static final String PROVIDERS_FILE = "java.security.properties";

    /** TransportContext.kickstart and SSLEngineImpl.beginHandshake. */
    private static final String MODE = "Client/Server mode";

    private static final String ENDED = "Cannot kickstart, the connection is broken or closed";

    private final Recorder recorder;
    private final AtomicInteger recorded = new AtomicInteger();

    SetUpTaps(Recorder recorder) {
        this.recorder = recorder;
    }

    void declare(HookTable table) {
        lookUp(table, CONTEXTS, "context-missing").to((a, b, c, d, e) -> missing(CONTEXTS, (String) a, (Throwable) b));
        lookUp(table, KEYS, "key-factory-missing").to((a, b, c, d, e) -> missing(KEYS, (String) a, (Throwable) b));
        lookUp(table, TRUST, "trust-factory-missing").to((a, b, c, d, e) -> missing(TRUST, (String) a, (Throwable) b));
        // The constructor calls it with the trusted certificates of the store, and it refuses an empty set.
        table.on(PKIX, "<init>", BEFORE_CALL, "(Ljava/security/KeyStore;)V")
                .inside("setTrustAnchors")
                .named("anchors-of-store")
                .pass(callArg(0), arg(0))
                .to((a, b, c, d, e) -> anchors((Collection<?>) a, (KeyStore) b));
        table.on(ENGINE, "beginHandshake", THROW, "()V")
                .named("engine-not-begun")
                .pass(THROWN)
                .to((a, b, c, d, e) -> notBegun((Throwable) a));
    }

    private static HookRow lookUp(HookTable table, String type, String id) {
        String result = ")L" + type.replace('.', '/') + ";";
        return table.on(
                        type,
                        "getInstance",
                        THROW,
                        "(" + STRING + result,
                        "(" + STRING + STRING + result,
                        "(" + STRING + "Ljava/security/Provider;" + result)
                .named(id)
                .pass(arg(0), THROWN);
    }

    /** Called when getInstance throws. A cause shows that an implementation is there and its constructor failed. */
    private void missing(String type, @Nullable String algorithm, Throwable thrown) {
        if (thrown.getCause() != null || !thrown.getClass().getName().startsWith("java.security.NoSuch")) {
            return;
        }
        Event event = event(type).put(Field.ALGORITHM, algorithm);
        for (Provider one : Security.getProviders()) {
            event.put(Field.NAME, "provider").put(Field.VALUE, one.getName());
        }
        for (String name : DECIDING) {
            named(event, name, Security.getProperty(name));
        }
        named(event, "-D" + PROVIDERS_FILE, System.getProperty(PROVIDERS_FILE));
        note(ThrowableFields.put(event, thrown, true));
    }

    /**
     * SSLEngineImpl.beginHandshake throws before there is a handshake: of an engine without a mode, or one whose connection has
     * ended.
     */
    private void notBegun(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String words = innermost.getMessage();
        if (words != null && (words.contains(MODE) || words.startsWith(ENDED))) {
            note(ThrowableFields.put(event("javax.net.ssl.SSLEngine"), thrown, true));
        }
    }

    /** PKIXParameters(KeyStore) with the trusted certificates that it found. */
    private void anchors(@Nullable Collection<?> found, @Nullable KeyStore store) {
        // the set is the constructor's own, a HashSet
        if (found == null || store == null || !found.isEmpty()) {
            return;
        }
        Event event = event(PKIX);
        if (store.getProvider().getClass().getClassLoader() == null) {
            named(event, "type", store.getType());
            count(event, store);
        }
        note(ThrowableFields.put(event, new Throwable(), false));
    }

    private static void count(Event event, KeyStore store) {
        int keys = 0;
        int all = 0;
        try {
            Enumeration<String> aliases = store.aliases();
            while (aliases.hasMoreElements()) {
                String alias = aliases.nextElement();
                all++;
                if (store.isKeyEntry(alias)) {
                    keys++;
                    event.put(Field.ALIAS, keys == 1 ? alias : null);
                }
            }
        } catch (KeyStoreException e) {
            return;
        }
        named(event, "entries", String.valueOf(all));
        named(event, "PrivateKeyEntry", String.valueOf(keys));
    }

    private Event event(String type) {
        return new Event(EventType.SET_UP, 0, recorder.now())
                .put(Field.CLASS, type)
                .put(Field.THREAD, Thread.currentThread().getName());
    }

    private static void named(Event event, String name, @Nullable String value) {
        if (value != null) {
            event.put(Field.NAME, name).put(Field.VALUE, value);
        }
    }

    private void note(Event event) {
        if (recorded.getAndIncrement() < MOST) {
            recorder.note(event);
        }
    }
}
