package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Whether the certificate of a key is valid for the hosts that the user named (RFC 9525). */
public final class ServedNames implements StoreCheck {
    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        if (!isCompared(store, entry, settings)) {
            return List.of();
        }
        List<StoreFault> faults = new ArrayList<>();
        X509Certificate leaf = entry.chain().get(0);
        for (String name : settings.names()) {
            List<String> compared = HostNames.comparedWith(name, leaf);
            if (!HostNames.matches(name, compared)) {
                faults.add(StoreFault.error(
                        "hostname-mismatch",
                        "The certificate is not valid for " + name + ", but for "
                                + (compared.isEmpty() ? "no such name" : String.join(", ", compared)) + ".",
                        "Have it reissued with " + name + " in subjectAltName."));
            }
        }
        if (HostNames.hasNoAlternative(leaf) && Usages.allows(leaf, true)) {
            faults.add(StoreFault.warning(
                    "no-alternative-name",
                    "The certificate has no subjectAltName; most clients compare a server's name with nothing else.",
                    "Have it reissued with subjectAltName, if a server uses it."));
        }
        return faults;
    }

    /**
     * Whether the certificate is compared with the names: one that is presented is, and one that is alone in a file and no
     * authority's, because the user who names a host asks about it. Those of a trust store are other peers'.
     */
    public static boolean isCompared(Store store, StoreEntry entry, CheckSettings settings) {
        return !entry.chain().isEmpty()
                && (settings.isPresented(entry)
                        || (!settings.names().isEmpty()
                                && !store.isKeyStore()
                                && entry.chain().get(0).getBasicConstraints() < 0));
    }
}
