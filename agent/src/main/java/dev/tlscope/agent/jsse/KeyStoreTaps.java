package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.KeyStore;
import java.security.UnrecoverableEntryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A key manager that cannot open a key: before any handshake, and with PKIX in the middle of one, where JSSE says nothing.
 * Private loader, on the thread that asked; runs when it fails alone.
 */
final class KeyStoreTaps {
    /** What asks on behalf of TLS; an application that opens its keys itself is its own affair. */
    private static final String[] ASKERS = {
        "sun.security.ssl.SunX509KeyManagerImpl", "sun.security.ssl.X509KeyManagerImpl"
    };

    private final Recorder recorder;

    /** Threads inside SunX509KeyManagerImpl's constructor, with the alias whose key they open. */
    private final Map<Thread, String> opening = new ConcurrentHashMap<>();

    KeyStoreTaps(Recorder recorder) {
        this.recorder = recorder;
    }

    /** SunX509KeyManagerImpl is about to open the key of this alias. */
    void asked(@Nullable String alias) {
        if (alias != null) {
            opening.put(Thread.currentThread(), alias);
        }
    }

    /** It ended, one way or the other: the alias that was asked for last. */
    @Nullable
    String opened() {
        return opening.remove(Thread.currentThread());
    }

    /** The key of that alias could not be opened. */
    void refused(@Nullable KeyStore store, @Nullable String alias, @Nullable Throwable thrown) {
        if (thrown == null || !isUnrecoverable(thrown) || !isForTls(thrown)) {
            return;
        }
        Event event = new Event(EventType.KEY_STORE, 0, recorder.now())
                .put(Field.ALIAS, alias)
                .put(Field.CLASS, store != null && store.getClass() == KeyStore.class ? store.getType() : null)
                .put(Field.THREAD, Thread.currentThread().getName());
        recorder.note(ThrowableFields.put(event, thrown, true));
    }

    /** UnrecoverableKeyException is one of them. */
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
