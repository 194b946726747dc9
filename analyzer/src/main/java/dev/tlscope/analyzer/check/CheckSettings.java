package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What entries are checked against.
 *
 * @param now the time for which dates are checked
 * @param within a certificate that expires in this time gets a warning
 * @param names hosts that each certificate of a key must be valid for
 * @param policy what a JDK forbids
 * @param stores all stores that were read, among which missing certificates are looked for
 * @param usual the anchors of that JDK's own trust store
 */
public record CheckSettings(
        Instant now,
        Duration within,
        List<String> names,
        JdkPolicy policy,
        List<Store> stores,
        List<X509Certificate> usual) {

    public CheckSettings {
        names = List.copyOf(names);
        stores = List.copyOf(stores);
        usual = List.copyOf(usual);
    }

    /** A certificate and the file that has it. */
    record Located(X509Certificate certificate, Store store, StoreEntry entry) {
        /** Alias and file, for a sentence. */
        String place() {
            return String.valueOf(store.file().getFileName()).equals(entry.alias())
                    ? "in " + store.file()
                    : entry.alias() + " in " + store.file();
        }
    }

    /** True for a certificate that a server or client presents: it has its key beside it, or in another file. */
    boolean isPresented(StoreEntry entry) {
        return entry.kind() != StoreEntry.Kind.CERTIFICATE
                || stores.stream().flatMap(store -> store.entries().stream()).anyMatch(other -> {
                    PrivateKey key = other.key();
                    return key != null
                            && other.chain().isEmpty()
                            && KeyMatch.isKnownToBelong(key, entry.chain().get(0));
                });
    }

    /** All certificates of all stores. */
    List<Located> certificates() {
        return stores.stream()
                .flatMap(store -> store.entries().stream()
                        .flatMap(entry ->
                                entry.chain().stream().map(certificate -> new Located(certificate, store, entry))))
                .toList();
    }
}
