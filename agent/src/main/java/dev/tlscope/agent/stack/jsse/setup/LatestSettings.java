package dev.tlscope.agent.stack.jsse.setup;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The settings that were read last of each SSLContext, so that the connections of one context share them: to read them anew for each
 * took 1 KB and several microseconds. It keeps no settings alive, and so no SSLContext. Private loader, application's threads; no lock.
 */
public final class LatestSettings {
    /** A power of two. Two contexts at one slot replace each other's settings. */
    private static final int SLOTS = 256;

    private final AtomicReferenceArray<@Nullable WeakReference<ConnectionSettings>> latest =
            new AtomicReferenceArray<>(SLOTS);

    @Nullable
    ConnectionSettings get(@Nullable Object sslContext, boolean client, boolean handshake) {
        WeakReference<ConnectionSettings> known = latest.get(slot(sslContext, client, handshake));
        return known == null ? null : known.get();
    }

    void put(@Nullable Object sslContext, boolean client, boolean handshake, ConnectionSettings settings) {
        latest.set(slot(sslContext, client, handshake), new WeakReference<>(settings));
    }

    /** Client and server have different settings, and so has a connection before its handshake. */
    private static int slot(@Nullable Object sslContext, boolean client, boolean handshake) {
        return (4 * System.identityHashCode(sslContext) + (client ? 2 : 0) + (handshake ? 1 : 0)) & (SLOTS - 1);
    }
}
