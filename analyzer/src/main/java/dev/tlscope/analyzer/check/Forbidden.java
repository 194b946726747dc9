package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.check.JdkPolicy.Entry;
import dev.tlscope.analyzer.evidence.PolicyEntry;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What the policy of a JDK refuses in a certificate: its key, or its signature; the signature of a root is never checked. */
final class Forbidden implements StoreCheck {
    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        List<StoreFault> faults = new ArrayList<>();
        for (X509Certificate certificate : entry.chain()) {
            PublicKey key = certificate.getPublicKey();
            settings.policy()
                    .first(one -> one.forbids(key))
                    .ifPresent(one -> faults.add(fault(
                            certificate,
                            "a key of " + key.getAlgorithm()
                                    + (PolicyEntry.size(key) < 0 ? "" : " with " + PolicyEntry.size(key) + " bits"),
                            one,
                            settings)));
            if (!Certificates.isSelfIssued(certificate)) {
                settings.policy()
                        .first(one -> one.forbidsSignature(certificate.getSigAlgName()))
                        .ifPresent(one -> faults.add(
                                fault(certificate, "a signature of " + certificate.getSigAlgName(), one, settings)));
            }
        }
        return faults;
    }

    private static StoreFault fault(X509Certificate certificate, String what, Entry entry, CheckSettings settings) {
        String name = certificate.getSubjectX500Principal().getName();
        String text = name + " has " + what + ", which " + settings.policy().jdk() + " forbids"
                + (entry.entry().conditional() ? " under a condition" : "") + ": "
                + entry.entry().text() + " in "
                + entry.property() + ".";
        String fix =
                "Have it reissued with RSA of 2048 bits or more, or ECDSA with secp256r1, signed with SHA-256 or better.";
        return entry.entry().conditional()
                ? StoreFault.warning("certificate-constraints", text, fix)
                : StoreFault.error("certificate-constraints", text, fix);
    }
}
