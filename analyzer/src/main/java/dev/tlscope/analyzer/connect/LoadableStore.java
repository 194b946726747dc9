package dev.tlscope.analyzer.connect;

import dev.tlscope.analyzer.check.KeyMatch;
import dev.tlscope.analyzer.store.Passwords;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import dev.tlscope.analyzer.store.StoreException;
import dev.tlscope.analyzer.store.StoreReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A store as java.security.KeyStore of any JDK loads it. PEM becomes a JKS of its own, with a random password, in the directory for temporary
 * files.
 *
 * @param password null for a trust store that opens without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LoadableStore(Path file, String type, char @Nullable [] password) {
    private static final String JKS = "JKS";

    /**
     * Reads a store or a PEM file.
     *
     * @param keys whether it is read for its private key, and not as a trust store
     * @throws StoreException with a reason for the user
     */
    public static LoadableStore of(Path file, Passwords passwords, boolean keys, Path directory)
            throws IOException, StoreException {
        Store store = new StoreReader(passwords).read(file);
        if (keys && store.entries().stream().noneMatch(StoreEntry::hasKey)) {
            throw new StoreException(
                    "it has no private key; name a key store, or a PEM file with key and certificates");
        }
        if (!store.isKeyStore()) {
            return made(store, keys, directory.resolve(keys ? "keystore" : "truststore"));
        }
        for (char[] password : passwords.all()) {
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore.getInstance(store.type()).load(in, password);
                return new LoadableStore(file, store.type(), password);
            } catch (GeneralSecurityException | IOException e) {
                // the next password
            }
        }
        if (keys) {
            throw new StoreException("no password fits; give it with --password-file or --password-env");
        }
        return new LoadableStore(file, store.type(), null);
    }

    /** Puts it into a probe's settings. */
    public void put(String name, Properties settings) {
        settings.setProperty(name, file.toAbsolutePath().toString());
        settings.setProperty(name + ".type", type);
        if (password != null) {
            settings.setProperty(name + ".password", new String(password));
        }
    }

    private static LoadableStore made(Store store, boolean keys, Path into) throws IOException, StoreException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        char[] password = HexFormat.of().formatHex(random).toCharArray();
        try {
            KeyStore made = KeyStore.getInstance(JKS);
            made.load(null, password);
            if (keys) {
                addKeys(store, made, password);
            } else {
                int number = 0;
                for (StoreEntry entry : store.entries()) {
                    for (X509Certificate certificate : entry.chain()) {
                        made.setCertificateEntry(String.valueOf(number++), certificate);
                    }
                }
            }
            save(made, into, password);
        } catch (GeneralSecurityException e) {
            throw new StoreException(String.valueOf(e.getMessage()));
        }
        return new LoadableStore(into, JKS, password);
    }

    /** Writes certificates as a trust store. */
    static LoadableStore trust(List<X509Certificate> anchors, Path directory) throws IOException, StoreException {
        StoreEntry all = new StoreEntry("anchors", StoreEntry.Kind.CHAIN, null, null, anchors);
        return made(new Store(directory, "PEM", "", List.of(all)), false, directory.resolve("anchors"));
    }

    private static void addKeys(Store store, KeyStore made, char[] password)
            throws GeneralSecurityException, StoreException {
        for (StoreEntry entry : store.entries()) {
            PrivateKey key = entry.key();
            if (key == null && entry.hasKey()) {
                throw new StoreException("its key cannot be read: " + entry.trouble());
            }
            if (key != null) {
                List<X509Certificate> chain = entry.chain().isEmpty() ? chain(store, key) : entry.chain();
                if (chain.isEmpty()) {
                    throw new StoreException("it has no certificate for its key; put both into one PEM file");
                }
                made.setKeyEntry(entry.alias(), key, password, chain.toArray(new Certificate[0]));
            }
        }
    }

    private static List<X509Certificate> chain(Store store, PrivateKey key) {
        return store.entries().stream()
                .map(StoreEntry::chain)
                .filter(chain -> !chain.isEmpty() && KeyMatch.isKnownToBelong(key, chain.get(0)))
                .findFirst()
                .orElse(List.of());
    }

    private static void save(KeyStore made, Path into, char[] password) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(into)) {
            made.store(out, password);
        }
    }
}
