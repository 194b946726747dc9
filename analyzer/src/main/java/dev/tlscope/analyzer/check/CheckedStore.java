package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.util.List;

/**
 * A store, and what was found in it.
 *
 * @param entries in the store's order
 * @param faults those of the store as a whole
 */
public record CheckedStore(Store store, List<CheckedEntry> entries, List<StoreFault> faults) {
    public CheckedStore {
        entries = List.copyOf(entries);
        faults = List.copyOf(faults);
    }

    /** An entry and its faults, the gravest first. */
    public record CheckedEntry(StoreEntry entry, List<StoreFault> faults) {
        public CheckedEntry {
            faults = List.copyOf(faults);
        }
    }

    /** How many faults of that severity it has. */
    public int count(StoreFault.Severity severity) {
        long count =
                faults.stream().filter(fault -> fault.severity() == severity).count()
                        + entries.stream()
                                .flatMap(entry -> entry.faults().stream())
                                .filter(fault -> fault.severity() == severity)
                                .count();
        return (int) count;
    }
}
