package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Whether certificates are valid, now and for some time. JSSE does not check the dates of a trust anchor. */
final class Dates implements StoreCheck {
    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        List<StoreFault> faults = new ArrayList<>();
        Instant now = settings.now();
        for (X509Certificate certificate : entry.chain()) {
            String name = certificate.getSubjectX500Principal().getName();
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            boolean anchor = entry.kind() == StoreEntry.Kind.CERTIFICATE;
            if (now.isAfter(until)) {
                String what = name + " expired on " + until + ".";
                faults.add(
                        anchor
                                ? StoreFault.warning(
                                        "expired", what, "Replace it; some peers and validators refuse it.")
                                : StoreFault.error("expired", what, "Have it renewed, and replace it here."));
            } else if (now.isBefore(from)) {
                faults.add(StoreFault.error(
                        "not-yet-valid",
                        name + " is not valid before " + from + ".",
                        "Use it from then on; or check this machine's clock, which says " + now + "."));
            } else if (until.isBefore(now.plus(settings.within()))) {
                faults.add(StoreFault.warning(
                        "expires-soon",
                        name + " expires on " + until + ", in " + ChronoUnit.DAYS.between(now, until) + " days.",
                        "Have it renewed."));
            }
        }
        return faults;
    }
}
