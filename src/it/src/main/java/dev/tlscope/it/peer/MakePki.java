package dev.tlscope.it.peer;

import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.Pki;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * {@code MakePki DIR}: writes a PKI for {@link HandshakeServer}, {@link HandshakeClient}, DemoService and openssl. A PKCS #12 store for
 * each identity and for trust, PEM files for openssl; only the owner may read them.
 */
final class MakePki {
    private static final String STORE = ".p12";
    private static final String TRUST = "trust";

    private final Path directory;

    private MakePki(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] line) throws Exception {
        if (line.length != 1 || line[0].startsWith("-")) {
            System.err.println("MakePki: usage: MakePki DIR");
            System.exit(2);
        }
        Path directory = Paths.get(line[0]);
        new MakePki(directory).write(Pki.create());
        System.out.println("pki " + directory);
    }

    private void write(Pki pki) throws GeneralSecurityException, IOException {
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

    private void writeStore(String name, KeyStore store) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, Identity.PASSWORD.toCharArray());
        PrivateFiles.write(directory.resolve(name + STORE), bytes.toByteArray());
    }

    private void write(String name, String text) throws IOException {
        PrivateFiles.write(directory.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * JDK 17 protects stores with algorithms that JDK 8 can read only since 8u301, and 8u261 is the oldest supported
     * JSSE. The properties apply to the whole process, but nothing else in it writes stores.
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
}
