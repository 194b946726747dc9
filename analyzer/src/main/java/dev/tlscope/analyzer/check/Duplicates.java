package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Entries of one store that stand in each other's way. */
final class Duplicates implements StoreCheck {
    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        if (!store.isKeyStore() || entry.chain().isEmpty()) {
            return List.of();
        }
        List<StoreFault> faults = new ArrayList<>();
        X509Certificate first = entry.chain().get(0);
        List<StoreEntry> others = store.entries().stream()
                .filter(other -> !other.alias().equals(entry.alias())
                        && other.kind() == entry.kind()
                        && !other.chain().isEmpty())
                .toList();
        List<StoreEntry> same = others.stream()
                .filter(other -> other.chain().get(0).equals(first))
                .toList();
        if (!same.isEmpty()) {
            faults.add(StoreFault.note("duplicate", "The same certificate is also " + aliases(same) + "."));
        }
        List<StoreEntry> rivals = others.stream()
                .filter(other -> entry.hasKey() && isRival(first, other.chain().get(0)))
                .toList();
        if (!rivals.isEmpty()) {
            faults.add(StoreFault.warning(
                    "several-keys",
                    "Another key of the same kind is for the same name: " + aliases(rivals)
                            + ". JSSE takes the first that fits, whose order in the store nobody sets.",
                    "Keep one of them in the store, or name the alias to the application."));
        }
        return faults;
    }

    private static String aliases(List<StoreEntry> entries) {
        return entries.stream().map(entry -> "alias " + entry.alias()).collect(Collectors.joining(", "));
    }

    private static boolean isRival(X509Certificate one, X509Certificate other) {
        return !one.equals(other)
                && one.getPublicKey().getAlgorithm().equals(other.getPublicKey().getAlgorithm())
                && HostNames.of(one).equals(HostNames.of(other))
                && !HostNames.of(one).isEmpty();
    }
}
