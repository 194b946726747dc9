package dev.tlscope.analyzer.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a file by what it begins with, whatever its name is. */
public final class StoreReader {
    static final String PEM = "PEM";
    static final String SECRET = "Kubernetes secret";
    static final String X509 = "X.509";

    private static final String BCFKS = "BCFKS";

    private static final long MOST_BYTES = 64 << 20;
    private static final int JKS_MAGIC = 0xfeedfeed;
    private static final int JCEKS_MAGIC = 0xcececece;
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 2;
    private static final int PFX_VERSION = 3;

    private static final String WITH_BCFKS =
            "java -cp tlscope.jar:bcprov.jar -Djava.security.properties=FILE dev.tlscope.agent.Main check ..., with"
                    + " security.provider.N=org.bouncycastle.jce.provider.BouncyCastleProvider in FILE and N the number after the"
                    + " last in java.security";

    private final Passwords passwords;

    public StoreReader(Passwords passwords) {
        this.passwords = passwords;
    }

    /** True for a file that is worth reading in a directory: one that begins as a store, PEM or a secret does. */
    public static boolean isStore(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return isKeyStore(bytes) || text.contains("-----BEGIN ") || KubernetesSecret.is(text);
    }

    /** Reads it. */
    public Store read(Path file) throws IOException, StoreException {
        if (Files.size(file) > MOST_BYTES) {
            throw new StoreException("it has more than 64 MB, and no store has; name the key store");
        }
        return read(file, Files.readAllBytes(file));
    }

    /** Reads what a file contains. */
    public Store read(Path file, byte[] bytes) throws StoreException {
        if (isKeyStore(bytes)) {
            return binary(file, bytes);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String name = String.valueOf(file.getFileName());
        boolean secret = !text.startsWith("-----BEGIN ") && KubernetesSecret.is(text);
        List<StoreEntry> entries =
                secret ? KubernetesSecret.entries(text, passwords) : PemStore.entries(name, text, passwords);
        if (entries.isEmpty()) {
            throw new StoreException("it has no certificate and no private key; name a key store (PKCS #12, JKS, JCEKS,"
                    + " BCFKS), PEM, or a secret of Kubernetes");
        }
        return new Store(file, secret ? SECRET : PEM, "", entries);
    }

    private static boolean isKeyStore(byte[] bytes) {
        int magic = magic(bytes);
        boolean der = bytes.length > 2 && bytes[0] == SEQUENCE && (bytes[1] < 0 || bytes[1] + 2 == bytes.length);
        return magic == JKS_MAGIC || magic == JCEKS_MAGIC || der;
    }

    /** True for a PFX (RFC 7292, 4): its first element is the version, 3, where BCFKS and a certificate have a sequence. */
    private static boolean isPkcs12(byte[] bytes) {
        int lengthBytes = bytes[1] < 0 ? bytes[1] & 0x7f : 0;
        int version = 2 + lengthBytes;
        return bytes.length > version + 2
                && bytes[version] == INTEGER
                && bytes[version + 1] == 1
                && bytes[version + 2] == PFX_VERSION;
    }

    private static int magic(byte[] bytes) {
        int magic = 0;
        for (int i = 0; i < Math.min(Integer.BYTES, bytes.length); i++) {
            magic = (magic << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return magic;
    }

    private Store binary(Path file, byte[] bytes) throws StoreException {
        String type = switch (magic(bytes)) {
            case JKS_MAGIC -> "JKS";
            case JCEKS_MAGIC -> "JCEKS";
            default -> isPkcs12(bytes) ? "PKCS12" : BCFKS;
        };
        String reason;
        try {
            Store store = keyStore(file, type, bytes);
            if (store != null) {
                return store;
            }
            reason = "as " + type + " no password fits; give it with --password-file";
        } catch (KeyStoreException e) {
            reason = "as DER that is no PKCS #12 it may be BCFKS, and no provider of this JVM reads that; run "
                    + WITH_BCFKS;
        } catch (GeneralSecurityException | IOException e) {
            reason = "as " + type + " it does not parse (" + StoreException.root(e)
                    + "); check the file, or convert it to PKCS12 with keytool -importkeystore";
        }
        Store certificate = certificate(file, bytes);
        if (certificate != null) {
            return certificate;
        }
        throw new StoreException(reason);
    }

    /** A certificate in DER; null if it is none. */
    private static @Nullable Store certificate(Path file, byte[] bytes) {
        try {
            return new Store(
                    file,
                    X509,
                    "",
                    List.of(StoreEntry.certificate(
                            String.valueOf(file.getFileName()), PemStore.certificate(bytes, 1))));
        } catch (StoreException e) {
            return null;
        }
    }

    /** Null if no password fits. */
    private @Nullable Store keyStore(Path file, String type, byte[] bytes)
            throws GeneralSecurityException, IOException {
        for (char[] password : passwords.all()) {
            KeyStore store = KeyStore.getInstance(type);
            try {
                store.load(new ByteArrayInputStream(bytes), password);
            } catch (IOException e) {
                if (isWrongPassword(e)) {
                    continue;
                }
                throw e;
            }
            return new Store(file, type, passwords.describe(password), entries(store, password));
        }
        KeyStore unchecked = KeyStore.getInstance(type);
        try {
            unchecked.load(new ByteArrayInputStream(bytes), null);
        } catch (IOException e) {
            if (isWrongPassword(e)) {
                return null; // BCFKS has nothing that is readable without its password
            }
            throw e;
        }
        List<StoreEntry> entries = entries(unchecked, null);
        return entries.isEmpty() ? null : new Store(file, type, "without its password, so unchecked", entries);
    }

    private static boolean isWrongPassword(IOException e) {
        return e.getCause() instanceof UnrecoverableKeyException
                || String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("password")
                || String.valueOf(e.getMessage()).contains("MAC");
    }

    private List<StoreEntry> entries(KeyStore store, char @Nullable [] password) throws KeyStoreException {
        List<StoreEntry> entries = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                StoreEntry key = key(store, alias, password);
                if (key != null) {
                    entries.add(key);
                }
            } else if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                entries.add(StoreEntry.certificate(alias, certificate));
            }
        }
        return entries;
    }

    /** JSSE's key managers open all keys with one password, usually the store's. Null for a secret key, which TLS does not use. */
    private @Nullable StoreEntry key(KeyStore store, String alias, char @Nullable [] password)
            throws KeyStoreException {
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] certificates = store.getCertificateChain(alias);
        for (Certificate certificate : certificates == null ? new Certificate[0] : certificates) {
            if (certificate instanceof X509Certificate x509) {
                chain.add(x509);
            }
        }
        if (password == null) {
            return StoreEntry.unreadable(
                    alias, "the store's password is not known; give it with --password-file", chain);
        }
        try {
            return store.getKey(alias, password) instanceof PrivateKey key ? StoreEntry.key(alias, key, chain) : null;
        } catch (UnrecoverableKeyException e) {
            return StoreEntry.otherPassword(alias, chain, withAnother(store, alias, password));
        } catch (NoSuchAlgorithmException e) {
            return StoreEntry.unreadable(alias, "this JVM lacks an algorithm for it: " + e.getMessage(), chain);
        }
    }

    /** The key under one of the other passwords; null if none fits. */
    private @Nullable PrivateKey withAnother(KeyStore store, String alias, char[] password) throws KeyStoreException {
        for (char[] other : passwords.all()) {
            try {
                if (other != password && store.getKey(alias, other) instanceof PrivateKey key) {
                    return key;
                }
            } catch (UnrecoverableKeyException | NoSuchAlgorithmException e) {
                // the next one
            }
        }
        return null;
    }
}
