package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.util.List;

/** One check of an entry. */
interface StoreCheck {
    List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings);
}
