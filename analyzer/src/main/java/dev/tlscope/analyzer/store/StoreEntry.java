package dev.tlscope.analyzer.store;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a store.
 *
 * @param alias its name: the alias in a key store, the place in a PEM file
 * @param kind whether it has a private key
 * @param key the private key; null for a certificate, and for a key that could not be read
 * @param trouble why the private key could not be read, or not with the store's password; null without such a reason
 * @param chain the certificates, leaf first, in the order of the file; empty for a key without any
 */
public record StoreEntry(
        String alias,
        Kind kind,
        @Nullable PrivateKey key,
        @Nullable String trouble,
        List<X509Certificate> chain) {

    private static final String OTHER_PASSWORD = "the key has another password than the store";

    /** What an entry is for. */
    public enum Kind {
        /** A private key, with its chain if the file has one. */
        KEY,
        /** The chain of a server or client whose key is elsewhere. */
        CHAIN,
        /** A trusted certificate, or a certificate alone. */
        CERTIFICATE
    }

    public StoreEntry {
        chain = List.copyOf(chain);
    }

    static StoreEntry certificate(String alias, X509Certificate certificate) {
        return new StoreEntry(alias, Kind.CERTIFICATE, null, null, List.of(certificate));
    }

    static StoreEntry chain(String alias, List<X509Certificate> chain) {
        return new StoreEntry(alias, Kind.CHAIN, null, null, chain);
    }

    static StoreEntry key(String alias, PrivateKey key, List<X509Certificate> chain) {
        return new StoreEntry(alias, Kind.KEY, key, null, chain);
    }

    static StoreEntry unreadable(String alias, String trouble, List<X509Certificate> chain) {
        return new StoreEntry(alias, Kind.KEY, null, trouble, chain);
    }

    /** A key that does not open with the store's password; null if no known one opens it. */
    static StoreEntry otherPassword(String alias, List<X509Certificate> chain, @Nullable PrivateKey key) {
        return new StoreEntry(alias, Kind.KEY, key, OTHER_PASSWORD, chain);
    }

    /** True for a key that has another password than its store. */
    public boolean hasOtherPassword() {
        return OTHER_PASSWORD.equals(trouble);
    }

    /** True for an entry with a private key, whether it could be read or not. */
    public boolean hasKey() {
        return kind == Kind.KEY;
    }
}
