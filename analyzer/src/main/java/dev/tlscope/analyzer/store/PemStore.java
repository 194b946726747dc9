package dev.tlscope.analyzer.store;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of PEM. A private key is an entry with all certificates of the file; without a key, a file that begins with a
 * certificate that an authority issued to a server or client is its chain, and each certificate of any other file is an entry.
 */
final class PemStore {
    private PemStore() {}

    /**
     * The entries of a text.
     *
     * @param name what the entries are called, such as {@code tls.crt}
     */
    static List<StoreEntry> entries(String name, String text, Passwords passwords) throws StoreException {
        List<X509Certificate> certificates = new ArrayList<>();
        List<StoreEntry> entries = new ArrayList<>();
        List<PemBlock> keys = new ArrayList<>();
        for (PemBlock block : PemBlock.of(text)) {
            if (PemKeys.isKey(block)) {
                keys.add(block);
            } else if (block.label().endsWith("CERTIFICATE") && !block.label().contains("REQUEST")) {
                certificates.add(certificate(block.bytes(), certificates.size() + 1));
            }
        }
        if (keys.isEmpty() && !certificates.isEmpty() && isLeaf(certificates.get(0))) {
            entries.add(StoreEntry.chain(name, certificates));
            return entries;
        }
        if (keys.isEmpty()) {
            for (int i = 0; i < certificates.size(); i++) {
                entries.add(StoreEntry.certificate(
                        certificates.size() == 1 ? name : name + " #" + (i + 1), certificates.get(i)));
            }
            return entries;
        }
        for (PemBlock key : keys) {
            String alias = keys.size() == 1 ? name : name + " key " + (entries.size() + 1);
            entries.add(entry(alias, key, certificates, passwords));
        }
        return entries;
    }

    /** True for one that an authority issued to somebody who is none. */
    private static boolean isLeaf(X509Certificate certificate) {
        return certificate.getBasicConstraints() < 0
                && !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static StoreEntry entry(String alias, PemBlock block, List<X509Certificate> chain, Passwords passwords) {
        try {
            PrivateKey key = PemKeys.read(block, passwords);
            return StoreEntry.key(alias, key, chain);
        } catch (StoreException e) {
            return StoreEntry.unreadable(alias, String.valueOf(e.getMessage()), chain);
        }
    }

    static X509Certificate certificate(byte[] der, int number) throws StoreException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new StoreException("certificate " + number + " does not parse (" + StoreException.root(e)
                    + "); look at it: openssl x509 -text -noout");
        }
    }
}
