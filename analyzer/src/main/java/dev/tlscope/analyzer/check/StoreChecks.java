package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks. */
public final class StoreChecks {
    private static final List<StoreCheck> ALL = List.of(
            new KeyBelongs(),
            new ChainComplete(),
            new Dates(),
            new ServedNames(),
            new Usages(),
            new Forbidden(),
            new Duplicates());

    private StoreChecks() {}

    /** The faults of an entry, the gravest first. */
    public static List<StoreFault> of(Store store, StoreEntry entry, CheckSettings settings) {
        List<StoreFault> faults = new ArrayList<>();
        for (StoreCheck check : ALL) {
            faults.addAll(check.check(store, entry, settings));
        }
        faults.sort(Comparator.comparing(StoreFault::severity));
        return List.copyOf(faults);
    }
}
