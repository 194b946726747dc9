package dev.tlscope.demo.pki;

import dev.tlscope.demo.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The PKI as files: a PKCS #12 store per identity for Java, PEM for openssl. All of them only the owner may read. */
public final class PkiDirectory {
    private static final String STORE = ".p12";
    private static final String TRUST = "trust";

    private final Path directory;

    public PkiDirectory(Path directory) {
        this.directory = directory;
    }

    void write(Pki pki) throws GeneralSecurityException, IOException {
        PrivateFiles.createDirectory(directory);
        useAlgorithmsOfOldJdks();
        KeyStore trust = emptyStore();
        trust.setCertificateEntry("demo-root", pki.root());
        writeStore(TRUST, trust);
        for (Map.Entry<String, Identity> entry : pki.identities().entrySet()) {
            KeyStore store = emptyStore();
            entry.getValue().addTo(store);
            writeStore(entry.getKey(), store);
        }
        write("ca.pem", Pem.of("CERTIFICATE", pki.root().getEncoded()));
        for (String name : new String[] {"server-rsa", "server-ec", "client"}) {
            Identity identity = pki.identity(name);
            StringBuilder chain = new StringBuilder();
            for (X509Certificate certificate : identity.chain()) {
                chain.append(Pem.of("CERTIFICATE", certificate.getEncoded()));
            }
            write(name + "-chain.pem", chain.toString());
            write(name + "-key.pem", Pem.of("PRIVATE KEY", identity.key().getEncoded()));
        }
    }

    public X509Certificate root() throws GeneralSecurityException, IOException {
        KeyStore store = readStore(directory.resolve(TRUST + STORE));
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    /** One identity, so that a small test program does not read them all. */
    public Identity identity(String name) throws GeneralSecurityException, IOException {
        return Identity.of(readStore(directory.resolve(name + STORE)));
    }

    Map<String, Identity> identities() throws GeneralSecurityException, IOException {
        Map<String, Identity> found = new LinkedHashMap<>();
        try (DirectoryStream<Path> stores = Files.newDirectoryStream(directory, "*" + STORE)) {
            for (Path store : stores) {
                String file = String.valueOf(store.getFileName());
                String name = file.substring(0, file.length() - STORE.length());
                if (!name.equals(TRUST)) {
                    found.put(name, identity(name));
                }
            }
        }
        return found;
    }

    private void writeStore(String name, KeyStore store) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, Identity.PASSWORD.toCharArray());
        PrivateFiles.write(directory.resolve(name + STORE), bytes.toByteArray());
    }

    private void write(String name, String text) throws IOException {
        PrivateFiles.write(directory.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * JDK 17 protects stores with algorithms that JDK 8 reads only since 8u301, and 8u261 is the oldest JSSE of
     * interest. The properties are the process's: nothing else in the demo writes stores, so they stay.
     */
    private static void useAlgorithmsOfOldJdks() {
        System.setProperty("keystore.pkcs12.keyProtectionAlgorithm", "PBEWithSHA1AndDESede");
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "PBEWithSHA1AndDESede");
        System.setProperty("keystore.pkcs12.macAlgorithm", "HmacPBESHA1");
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore readStore(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, Identity.PASSWORD.toCharArray());
        } catch (NoSuchFileException e) {
            throw new UsageException("no " + file + "; make the PKI with DemoService --seed-dir DIR");
        }
        return store;
    }
}
