package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.evidence.ExtensionFacts;
import dev.tlscope.analyzer.evidence.OwnCertificateFaults;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a certificate may be used for (RFC 5280, 4.2.1.3 and 4.2.1.12). */
final class Usages implements StoreCheck {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        List<StoreFault> faults = new ArrayList<>();
        for (X509Certificate certificate : entry.chain()) {
            Set<String> unknown = ExtensionFacts.unknownCritical(certificate);
            if (!unknown.isEmpty()) {
                faults.add(StoreFault.error(
                        "critical-extension",
                        certificate.getSubjectX500Principal().getName()
                                + " has a critical extension that the JDK does not know, and refuses (RFC 5280, 4.2): "
                                + String.join(", ", unknown) + ".",
                        "Have it reissued without the extension, or with one that is not critical."));
            }
        }
        if (!entry.chain().isEmpty()) {
            X509Certificate first = entry.chain().get(0);
            if (settings.isPresented(entry)) {
                leaf(first, faults);
            } else {
                authority(first, faults);
            }
        }
        return faults;
    }

    private static void leaf(X509Certificate leaf, List<StoreFault> faults) {
        boolean server = allows(leaf, true);
        boolean client = allows(leaf, false);
        if (!server && !client) {
            faults.add(StoreFault.error(
                    "key-usage",
                    "The certificate's extended key usage has neither serverAuth nor clientAuth.",
                    "Have it reissued with serverAuth for a server, clientAuth for a client."));
        } else if (!server || !client) {
            faults.add(StoreFault.note(
                    "key-usage",
                    "The certificate is for " + (server ? "servers" : "clients")
                            + " only: its extended key usage lacks " + (server ? "clientAuth" : "serverAuth") + "."));
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            faults.add(StoreFault.error(
                    "key-usage",
                    "The certificate's key usage lacks digitalSignature, which TLS 1.3 and ECDHE suites need.",
                    "Have it reissued with digitalSignature."));
        }
        if (leaf.getBasicConstraints() >= 0) {
            faults.add(StoreFault.warning(
                    "authority-as-leaf",
                    "The certificate of the key is that of an authority (CA:TRUE), which some peers refuse at a server or client.",
                    "Have a certificate issued for the server or client itself."));
        }
    }

    /** A trusted certificate that others are issued by must be one of an authority; the certificate of one peer need not. */
    private static void authority(X509Certificate trusted, List<StoreFault> faults) {
        boolean[] usage = trusted.getKeyUsage();
        if (trusted.getBasicConstraints() >= 0 && usage != null && !usage[KEY_CERT_SIGN]) {
            faults.add(StoreFault.error(
                    "key-usage",
                    "It is an authority (CA:TRUE) whose key usage lacks keyCertSign, so that no chain below it is accepted.",
                    "Import the authority's certificate that has keyCertSign."));
        }
    }

    static boolean allows(X509Certificate leaf, boolean server) {
        return OwnCertificateFaults.usage(leaf, server).isEmpty();
    }
}
