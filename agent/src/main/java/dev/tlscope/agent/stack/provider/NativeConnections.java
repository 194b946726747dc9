package dev.tlscope.agent.stack.provider;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connections by the address of a library's native object, which a later one may get again. */
final class NativeConnections {
    /** When so many are known, those of collected engines are removed. */
    private static final int MANY = 1024;

    private final Map<Long, WeakReference<ProviderConnection>> byAddress = new ConcurrentHashMap<>();
    private volatile int limit = MANY;

    void put(long address, ProviderConnection connection) {
        if (address == 0) {
            return;
        }
        byAddress.put(address, new WeakReference<>(connection));
        if (byAddress.size() > limit) {
            Iterator<WeakReference<ProviderConnection>> all = byAddress.values().iterator();
            while (all.hasNext()) {
                if (all.next().get() == null) {
                    all.remove();
                }
            }
            limit = Math.max(MANY, 2 * byAddress.size());
        }
    }

    /** The latest connection with that address; null when it is not known. */
    @Nullable
    ProviderConnection get(long address) {
        WeakReference<ProviderConnection> found = byAddress.get(address);
        return found == null ? null : found.get();
    }
}
