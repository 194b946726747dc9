package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A private key and its certificate chain. */
final class Credential {
    static final char[] PASSWORD = "changeit".toCharArray();

    private final PrivateKey key;
    private final X509Certificate[] chain;

    Credential(PrivateKey key, X509Certificate... chain) {
        this.key = key;
        this.chain = chain.clone();
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate[] chain() {
        return chain.clone();
    }

    X509Certificate leaf() {
        return chain[0];
    }

    /** This chain with another credential's key. */
    Credential withKeyOf(Credential other) {
        return new Credential(other.key, chain);
    }

    /** The leaf only. */
    Credential withoutIssuers() {
        return new Credential(key, leaf());
    }

    /** The JDK's default key managers for a store with these, under the aliases entry-0, entry-1. */
    static KeyManager[] managers(Credential... credentials) throws GeneralSecurityException, IOException {
        return managers(KeyManagerFactory.getDefaultAlgorithm(), PASSWORD, credentials);
    }

    /** Key managers of an algorithm, SunX509 or PKIX, which open the keys with that password. */
    static KeyManager[] managers(String algorithm, char[] password, Credential... credentials)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < credentials.length; i++) {
            store.setKeyEntry("entry-" + i, credentials[i].key, PASSWORD, credentials[i].chain);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    @Override
    public String toString() {
        return Arrays.toString(chain);
    }
}
