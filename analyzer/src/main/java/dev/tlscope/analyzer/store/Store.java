package dev.tlscope.analyzer.store;

import java.nio.file.Path;
import java.util.List;

/**
 * What a file contains.
 *
 * @param type PKCS12, JKS, JCEKS, BCFKS, PEM, Kubernetes secret or X.509
 * @param opened how it was opened, such as {@code with the password changeit}; empty if no password was needed
 */
public record Store(Path file, String type, String opened, List<StoreEntry> entries) {
    public Store {
        entries = List.copyOf(entries);
    }

    /** True for a key store of JCA: its aliases are names, and one password opens all its keys for JSSE. */
    public boolean isKeyStore() {
        return !type.equals(StoreReader.PEM) && !isSecret() && !type.equals(StoreReader.X509);
    }

    public boolean isSecret() {
        return type.equals(StoreReader.SECRET);
    }
}
