package dev.tlscope.demo.pki;

import dev.tlscope.demo.cli.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A PKI in files: one PKCS #12 store per identity. */
public final class PkiDirectory {
    private static final String STORE = ".p12";
    private static final String TRUST = "trust";

    private final Path directory;

    public PkiDirectory(Path directory) {
        this.directory = directory;
    }

    public X509Certificate root() throws GeneralSecurityException, IOException {
        KeyStore store = readStore(directory.resolve(TRUST + STORE));
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    /** Reads one identity, because a small program does not need the others. */
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

    private static KeyStore readStore(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, Identity.PASSWORD.toCharArray());
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "no " + file + "; java -cp src/it/target/programs.jar dev.tlscope.it.peer.MakePki DIR makes it");
        }
        return store;
    }
}
