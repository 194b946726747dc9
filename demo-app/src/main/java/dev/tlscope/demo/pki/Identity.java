package dev.tlscope.demo.pki;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A private key and its certificate chain, under an alias: what a key manager gives to JSSE. */
public final class Identity {
    /** The password of every store of the demo and the tests, whose keys are not used elsewhere. */
    public static final String PASSWORD = "changeit";

    private final String alias;
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    Identity(String alias, PrivateKey key, List<X509Certificate> chain) {
        this.alias = alias;
        this.key = key;
        this.chain = Collections.unmodifiableList(chain);
    }

    public PrivateKey key() {
        return key;
    }

    /** The end entity's certificate first, without the root. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** This certificate with another identity's private key, as after a renewal that mixed up two files. */
    Identity withKeyOf(Identity other) {
        return new Identity(alias, other.key, chain);
    }

    /** Only the first certificate, as after an administrator forgot the intermediate. */
    Identity withoutIssuers() {
        return new Identity(alias, key, chain.subList(0, 1));
    }

    /**
     * Adds the entry. KeyStore.setKeyEntry does not compare the key with the certificate, so a mismatched pair is
     * accepted.
     */
    public void addTo(KeyStore store) throws GeneralSecurityException {
        store.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain.toArray(new Certificate[0]));
    }

    /** The first private key of a store. */
    static Identity of(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                PrivateKey key = (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
                X509Certificate[] chain =
                        Arrays.stream(store.getCertificateChain(alias)).toArray(X509Certificate[]::new);
                return new Identity(alias, key, Arrays.asList(chain));
            }
        }
        throw new GeneralSecurityException("no private key in the store");
    }
}
