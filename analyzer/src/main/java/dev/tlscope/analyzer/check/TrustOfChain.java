package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a trust store lacks for a peer's chain: whether the JDK finds a path from the chain to one of its anchors. */
public final class TrustOfChain {
    private TrustOfChain() {}

    /** The certificates that a store trusts: its entries without a key. */
    public static List<X509Certificate> anchors(Store store) {
        return store.entries().stream()
                .filter(entry -> entry.kind() == StoreEntry.Kind.CERTIFICATE)
                .flatMap(entry -> entry.chain().stream())
                .toList();
    }

    /**
     * Empty if the store accepts the chain.
     *
     * @param anchors those of the trust store, at least one
     * @param chain leaf first
     */
    public static Optional<StoreFault> check(List<X509Certificate> anchors, List<X509Certificate> chain, Instant now) {
        X509Certificate leaf = chain.get(0);
        if (anchors.contains(leaf)) {
            return Optional.empty();
        }
        Set<TrustAnchor> trusted =
                anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (CertPathBuilderException e) {
            return Optional.of(lacking(anchors, chain, e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's own PKIX is there", e);
        }
    }

    private static StoreFault lacking(
            List<X509Certificate> anchors, List<X509Certificate> chain, CertPathBuilderException e) {
        X509Certificate top = chain.get(0);
        for (X509Certificate next : chain) {
            top = ChainComplete.isIssued(top, next) ? next : top;
        }
        X509Certificate last = top;
        String issuer = last.getIssuerX500Principal().getName();
        String subject = chain.get(0).getSubjectX500Principal().getName();
        boolean anchored =
                anchors.stream().anyMatch(anchor -> anchor.equals(last) || ChainComplete.isIssued(last, anchor));
        if (anchored) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return StoreFault.error(
                    "chain-refused",
                    "The store has an anchor for the chain of " + subject + ", and the JDK refuses the chain: "
                            + cause.getMessage() + ".",
                    "Correct that in the chain; the trust store is not at fault.");
        }
        Optional<X509Certificate> renamed = anchors.stream()
                .filter(anchor -> anchor.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                .findFirst();
        return renamed.isPresent()
                ? StoreFault.error(
                        "untrusted-chain",
                        "The store has another authority of the name " + issuer
                                + ", whose key did not sign the chain of " + subject + " (its key's SHA-256 is "
                                + Certificates.fingerprint(renamed.get().getPublicKey()) + ").",
                        "Import the authority that issued this chain; keep the other as long as certificates of it are in use.")
                : StoreFault.error(
                        "untrusted-chain",
                        "The store lacks " + issuer + ", which the chain of " + subject + " leads to.",
                        "Have the owner of the certificate confirm the authority, and import it: keytool -importcert -alias NAME"
                                + " -file AUTHORITY.pem -keystore STORE.",
                        "If " + issuer + " is an intermediate authority, the server must send its certificate.");
    }
}
