package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.check.CheckSettings.Located;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the private key opens, and belongs to the certificate beside it. */
final class KeyBelongs implements StoreCheck {
    private static final String COMPARE =
            "Compare: openssl x509 -in CERT.pem -noout -pubkey | sha256sum, and openssl pkey -in KEY.pem -pubout | sha256sum.";

    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        List<StoreFault> faults = new ArrayList<>();
        if (entry.hasOtherPassword()) {
            faults.add(
                    StoreFault.error(
                            "key-password",
                            "The key has another password than the store, and JSSE opens all keys with one.",
                            "Give the key the store's password: keytool -keypasswd -alias " + entry.alias()
                                    + " -keystore "
                                    + store.file()
                                    + "; or give the application the key's own (KeyManagerFactory.init's second argument, keyPassword)."));
        } else if (entry.trouble() != null) {
            faults.add(StoreFault.warning("key-not-read", "The private key was not checked: " + entry.trouble() + "."));
        }
        PrivateKey key = entry.key();
        if (key != null) {
            (entry.chain().isEmpty() ? alone(store, entry, key, settings) : beside(key, entry.chain()))
                    .ifPresent(faults::add);
        }
        return faults;
    }

    private static Optional<StoreFault> beside(PrivateKey key, List<X509Certificate> chain) {
        Boolean belongs = belongs(key, chain.get(0));
        if (belongs == null) {
            return Optional.of(StoreFault.warning(
                    "key-not-read",
                    "Whether the key belongs to the certificate was not checked: this JVM cannot sign with a key of "
                            + key.getAlgorithm() + "."));
        }
        if (belongs) {
            return Optional.empty();
        }
        Optional<X509Certificate> other = chain.stream()
                .skip(1)
                .filter(one -> KeyMatch.isKnownToBelong(key, one))
                .findFirst();
        return Optional.of(
                other.isPresent()
                        ? StoreFault.error(
                                "chain-order",
                                "The key belongs to "
                                        + other.get().getSubjectX500Principal().getName()
                                        + ", which is not the first certificate of the chain.",
                                "Put the certificate of the key first, and each issuer after the certificate that it issued"
                                        + " (RFC 8446, 4.4.2).")
                        : StoreFault.error(
                                "key-mismatch",
                                "The private key (" + key.getAlgorithm() + ") is not the certificate's ("
                                        + chain.get(0).getSubjectX500Principal().getName() + ", key SHA-256 "
                                        + Certificates.fingerprint(chain.get(0).getPublicKey()) + ").",
                                "Install the certificate that was issued for this key, or the key that it was issued for.",
                                COMPARE));
    }

    /** A key in a file of its own: its certificate is in another one. */
    private static Optional<StoreFault> alone(Store store, StoreEntry entry, PrivateKey key, CheckSettings settings) {
        List<Located> leaves = settings.certificates().stream()
                .filter(one -> one.certificate().equals(one.entry().chain().get(0)))
                .toList();
        Optional<Located> own = leaves.stream()
                .filter(one -> KeyMatch.isKnownToBelong(key, one.certificate()))
                .findFirst();
        if (own.isPresent()) {
            return Optional.of(StoreFault.note(
                    "key-belongs",
                    "The key belongs to "
                            + own.get().certificate().getSubjectX500Principal().getName() + ", "
                            + own.get().place() + "."));
        }
        Optional<Located> mate =
                leaves.stream().filter(one -> isBeside(store, entry, one)).findFirst();
        return Optional.of(
                mate.isPresent()
                        ? StoreFault.error(
                                "key-mismatch",
                                "The private key (" + key.getAlgorithm()
                                        + ") is not that of the certificate beside it, "
                                        + mate.get().place() + " ("
                                        + mate.get()
                                                .certificate()
                                                .getSubjectX500Principal()
                                                .getName() + ").",
                                "Install the certificate that was issued for this key, or the key that it was issued for.",
                                COMPARE)
                        : StoreFault.warning(
                                "key-alone",
                                "No certificate among the files that were named belongs to this key.",
                                "Name the file of its certificate too."));
    }

    /** True for a certificate that is meant for the key: tls.crt for tls.key, in a directory or in one secret. */
    private static boolean isBeside(Store store, StoreEntry key, Located certificate) {
        boolean inside = certificate.store().equals(store);
        return inside
                ? stem(certificate.entry().alias()).equals(stem(key.alias()))
                : !store.isSecret()
                        && stem(certificate.store().file().toString())
                                .equals(stem(store.file().toString()));
    }

    /** A name without its ending. */
    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    /** Null if this JVM cannot tell. */
    private static @Nullable Boolean belongs(PrivateKey key, X509Certificate certificate) {
        try {
            return KeyMatch.belongs(key, certificate.getPublicKey());
        } catch (GeneralSecurityException e) {
            return null;
        }
    }
}
