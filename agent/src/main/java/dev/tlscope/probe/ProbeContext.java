package dev.tlscope.probe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes an SSLContext with the stores of the settings; where there are none, with what the JDK's default context uses. */
final class ProbeContext {
    private final ProbeSettings settings;

    ProbeContext(ProbeSettings settings) {
        this.settings = settings;
    }

    SSLContext make() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(), trust(), null);
        return context;
    }

    /** Null for an empty key manager; the properties javax.net.ssl.keyStore* count as in the JDK's default context. */
    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        KeyStore store = store("keystore");
        char[] password = settings.password("keystore.password");
        if (store == null) {
            String file = System.getProperty("javax.net.ssl.keyStore", "");
            if (file.isEmpty() || file.equals("NONE")) {
                return null;
            }
            password = System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
            store = load(file, System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType()), password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    /** The factory without a store reads the file of javax.net.ssl.trustStore, else jssecacerts, else cacerts. */
    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store("truststore"));
        return factory.getTrustManagers();
    }

    private @Nullable KeyStore store(String name) throws GeneralSecurityException, IOException {
        String file = settings.value(name);
        return file == null
                ? null
                : load(file, String.valueOf(settings.value(name + ".type")), settings.password(name + ".password"));
    }

    private static KeyStore load(String file, String type, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(new File(file).toPath())) {
            store.load(in, password);
        }
        return store;
    }
}
