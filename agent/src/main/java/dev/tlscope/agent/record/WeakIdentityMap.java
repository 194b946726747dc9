package dev.tlscope.agent.record;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A map with weak keys that are compared by identity: no {@code equals} or {@code hashCode} of a stack or the application is
 * called. A look-up takes no lock and allocates nothing, and nor does it call an interface that the application's classes
 * implement too, which the compiler could not inline.
 *
 * <p>The entries are in several tables with open addressing. A change takes the lock of one table, which is held for a few
 * instructions, or for as long as that table takes to grow.
 */
public final class WeakIdentityMap<V> {
    private static final int TABLES = 16;

    /** Bits of an identity hash that choose the table; the others choose the slot. */
    private static final int TABLE_BITS = 4;

    private final List<Table<V>> tables = new ArrayList<>(TABLES);
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

    public WeakIdentityMap() {
        for (int i = 0; i < TABLES; i++) {
            tables.add(new Table<>());
        }
    }

    public @Nullable V get(Object key) {
        int hash = System.identityHashCode(key);
        Entry<V> found = table(hash).find(key, hash);
        return found == null ? null : found.value;
    }

    public @Nullable V putIfAbsent(Object key, V value) {
        int hash = System.identityHashCode(key);
        return table(hash).put(key, hash, value, queue, false);
    }

    /** Sets a value, and removes those of keys that were collected. */
    public void put(Object key, V value) {
        for (V gone = collected(); gone != null; gone = collected()) {
            // it is removed already
        }
        int hash = System.identityHashCode(key);
        table(hash).put(key, hash, value, queue, true);
    }

    public @Nullable V remove(Object key) {
        int hash = System.identityHashCode(key);
        Table<V> table = table(hash);
        Entry<V> found = table.find(key, hash);
        return found != null && table.remove(found) ? found.value : null;
    }

    /** The value of a key that was collected since the last call, or null when there is none. */
    @Nullable
    V collected() {
        for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
            @SuppressWarnings("unchecked") // only entries of this map are registered with its queue
            Entry<V> entry = (Entry<V>) gone;
            if (table(entry.hash).remove(entry)) {
                return entry.value;
            }
        }
        return null;
    }

    /** The present values. */
    Collection<V> values() {
        List<V> values = new ArrayList<>();
        for (Table<V> table : tables) {
            table.copyTo(values);
        }
        return values;
    }

    /** Empties the map and returns its values. */
    Collection<V> clear() {
        List<V> values = new ArrayList<>();
        for (Table<V> table : tables) {
            table.clear(values);
        }
        return values;
    }

    /** Slots that a look-up of this key inspects: a test counts them. */
    int probes(Object key) {
        int hash = System.identityHashCode(key);
        return table(hash).probes(key, hash);
    }

    private Table<V> table(int hash) {
        return tables.get(hash & (TABLES - 1));
    }

    private static final class Entry<V> extends WeakReference<Object> {
        final int hash;
        volatile V value;

        Entry(Object key, int hash, V value, @Nullable ReferenceQueue<Object> queue) {
            super(key, queue);
            this.hash = hash;
            this.value = value;
        }
    }

    /** Entries by their hash. Readers take no lock: a slot behind which others of its run are filled is never emptied in its array. */
    private static final class Table<V> {
        private static final int INITIAL = 8;

        /** Stands for an entry that was removed, so that a search goes on behind it. */
        private final Entry<V> removed;

        private volatile AtomicReferenceArray<@Nullable Entry<V>> slots = new AtomicReferenceArray<>(INITIAL);
        /** Slots that are not empty. */
        private int filled;

        private int present;

        @SuppressWarnings("NullAway") // nobody reads the value of a removed entry
        Table() {
            removed = new Entry<>(this, 0, null, null);
            removed.clear();
        }

        @Nullable
        Entry<V> find(Object key, int hash) {
            AtomicReferenceArray<@Nullable Entry<V>> now = slots;
            int mask = now.length() - 1;
            for (int at = hash >>> TABLE_BITS; ; at++) {
                Entry<V> entry = now.get(at & mask);
                if (entry == null || (entry.hash == hash && entry.get() == key)) {
                    return entry;
                }
            }
        }

        int probes(Object key, int hash) {
            AtomicReferenceArray<@Nullable Entry<V>> now = slots;
            int mask = now.length() - 1;
            int at = hash >>> TABLE_BITS;
            int count = 1;
            for (Entry<V> entry = now.get(at & mask);
                    entry != null && entry.get() != key;
                    entry = now.get(++at & mask)) {
                count++;
            }
            return count;
        }

        synchronized @Nullable V put(Object key, int hash, V value, ReferenceQueue<Object> queue, boolean replaces) {
            Entry<V> known = find(key, hash);
            if (known != null) {
                V earlier = known.value;
                if (replaces) {
                    known.value = value;
                }
                return earlier;
            }
            if (4 * (filled + 1) > 3 * slots.length()) {
                rebuild();
            }
            insert(slots, new Entry<>(key, hash, value, queue));
            filled++;
            present++;
            return null;
        }

        /** Removes an entry; false when it was removed before. */
        synchronized boolean remove(Entry<V> entry) {
            AtomicReferenceArray<@Nullable Entry<V>> now = slots;
            int mask = now.length() - 1;
            for (int at = entry.hash >>> TABLE_BITS; ; at++) {
                Entry<V> found = now.get(at & mask);
                if (found == null) {
                    return false;
                }
                if (found == entry) {
                    boolean last = now.get((at + 1) & mask) == null; // no search goes on behind it
                    now.set(at & mask, last ? null : removed);
                    filled -= last ? 1 : 0;
                    present--;
                    return true;
                }
            }
        }

        synchronized void copyTo(List<V> values) {
            for (int i = 0; i < slots.length(); i++) {
                Entry<V> entry = slots.get(i);
                if (entry != null && entry != removed) {
                    values.add(entry.value);
                }
            }
        }

        synchronized void clear(List<V> values) {
            copyTo(values);
            slots = new AtomicReferenceArray<>(INITIAL);
            filled = 0;
            present = 0;
        }

        /** Makes room: a larger array, or one of the same size when many were removed. */
        private void rebuild() {
            AtomicReferenceArray<@Nullable Entry<V>> from = slots;
            int length = INITIAL;
            while (length < 4 * (present + 1)) {
                length *= 2;
            }
            AtomicReferenceArray<@Nullable Entry<V>> larger = new AtomicReferenceArray<>(length);
            for (int i = 0; i < from.length(); i++) {
                Entry<V> entry = from.get(i);
                if (entry != null && entry != removed) {
                    insert(larger, entry);
                }
            }
            filled = present;
            slots = larger;
        }

        private static <V> void insert(AtomicReferenceArray<@Nullable Entry<V>> into, Entry<V> entry) {
            int mask = into.length() - 1;
            int at = entry.hash >>> TABLE_BITS;
            while (into.get(at & mask) != null) {
                at++;
            }
            into.set(at & mask, entry);
        }
    }
}
