package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.EXIT;
import static dev.tlscope.agent.weave.Hook.Where.THROW;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.THROWN;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.key.PrivateKeyForm;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.agent.stack.ThrowableFields;
import dev.tlscope.agent.stack.jsse.field.StreamFile;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Detects that an application cannot read a key store or a private key, so that it has no TLS. It records the form of a key's
 * encoding, and nothing of the key. Many applications try one type after another: a success of the same thread after a failure
 * is recorded too, and takes the failure back. Private loader, on the application's thread; it does work only when that fails.
 */
final class StoreLoadTaps {
    static final String STORE = "java.security.KeyStore";
    static final String KEY = "java.security.KeyFactory";

    private static final String LOAD = "(Ljava/io/InputStream;[C)V";
    private static final String GENERATE = "(Ljava/security/spec/KeySpec;)Ljava/security/PrivateKey;";

    /** It tries a second type of store when the first one fails. JDK 8 has it in the first package. */
    private static final String[] DELEGATORS = {
        "sun.security.provider.KeyStoreDelegator", "sun.security.util.KeyStoreDelegator"
    };

    /** An application may try again and again. */
    private static final int MOST = 200;

    private final Recorder recorder;
    private final AtomicInteger recorded = new AtomicInteger();

    /** Threads whose latest attempt failed, with the file; empty when it is not known. */
    private final Map<Thread, String> failed = new ConcurrentHashMap<>();

    StoreLoadTaps(Recorder recorder) {
        this.recorder = recorder;
    }

    void declare(HookTable table) {
        store(table, "sun.security.pkcs12.PKCS12KeyStore", "pkcs12");
        store(table, "sun.security.provider.JavaKeyStore", "jks");
        for (String delegator : DELEGATORS) {
            store(table, delegator, "keystore");
        }
        key(table, "sun.security.rsa.RSAKeyFactory", "rsa");
        key(table, "sun.security.provider.DSAKeyFactory", "dsa");
        key(table, "sun.security.ec.ECKeyFactory", "ec");
    }

    private void store(HookTable table, String type, String id) {
        table.on(type, "engineLoad", THROW, LOAD)
                .named(id + "-not-loaded")
                .pass(THIS, arg(0), THROWN)
                .to((a, b, c, d, e) -> notLoaded(a, b, (Throwable) c));
        table.on(type, "engineLoad", EXIT, LOAD)
                .named(id + "-loaded")
                .pass(arg(0))
                .to((a, b, c, d, e) -> loaded(a));
    }

    private void key(HookTable table, String type, String id) {
        table.on(type, "engineGeneratePrivate", THROW, GENERATE)
                .named(id + "-key-not-read")
                .pass(THIS, arg(0), THROWN)
                .to((a, b, c, d, e) -> notRead(a, b, (Throwable) c));
        table.on(type, "engineGeneratePrivate", EXIT, GENERATE)
                .named(id + "-key-read")
                .to((a, b, c, d, e) -> read(KEY, ""));
    }

    /** The default SSLContext's own stores are recorded by {@link KeyStoreTaps}, and a delegator's by the delegator. */
    private void notLoaded(Object store, @Nullable Object stream, Throwable thrown) {
        boolean delegates = store.getClass().getSuperclass().getName().endsWith("KeyStoreDelegator");
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(SSL)
                    || (!delegates && frame.getClassName().endsWith("KeyStoreDelegator"))) {
                return;
            }
        }
        Event event = event(STORE, store.getClass().getName());
        String file = StreamFile.of(stream);
        failed.put(Thread.currentThread(), file == null ? "" : file);
        if (file != null) {
            event.put(Field.NAME, "file").put(Field.VALUE, file);
        }
        note(ThrowableFields.put(event, thrown, true));
    }

    private void notRead(Object factory, @Nullable Object spec, Throwable thrown) {
        String form = PrivateKeyForm.ofSpec(spec);
        // PKCS#8 is a key of another algorithm, which the application tries next; up to JDK 21, SunEC is not in
        // java.base and not seen
        if (form == null || form.equals(PrivateKeyForm.PKCS8)) {
            return;
        }
        failed.put(Thread.currentThread(), "");
        note(ThrowableFields.put(
                event(KEY, factory.getClass().getName()).put(Field.NAME, "form").put(Field.VALUE, form), thrown, true));
    }

    /** An empty store, which is made and not read, has no stream. */
    private void loaded(@Nullable Object stream) {
        if (!failed.isEmpty() && stream != null) {
            String file = StreamFile.of(stream);
            read(STORE, file == null ? "" : file);
        }
    }

    private void read(String type, String file) {
        if (!failed.isEmpty()) {
            String before = failed.remove(Thread.currentThread());
            if (before != null && (before.isEmpty() || file.isEmpty() || before.equals(file))) {
                note(event(type, "").put(Field.NAME, "read").put(Field.VALUE, "after all"));
            }
        }
    }

    private Event event(String type, String by) {
        return new Event(EventType.SET_UP, 0, recorder.now())
                .put(Field.CLASS, type)
                .put(Field.ALGORITHM, by)
                .put(Field.THREAD, Thread.currentThread().getName());
    }

    private void note(Event event) {
        if (recorded.getAndIncrement() < MOST) {
            recorder.note(event);
        }
    }
}
