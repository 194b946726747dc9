package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.reflect.StaticField;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.io.File;
import java.lang.ref.Reference;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what JSSE's own key and trust managers hold, from their fields. Private loader, the writer's thread. A manager of
 * another class is the application's code, and its class name alone is written, with the anchors of JSSE's managers that it
 * keeps in its fields; of a private key, the name of the algorithm
 * alone is read.
 */
final class ManagerContents {
    private static final int MOST_ANCHORS = 300;
    private static final int MOST_ALIASES = 100;

    private static final String SUN_X509 = "sun.security.ssl.SunX509KeyManagerImpl";
    private static final String PKIX = "sun.security.ssl.X509KeyManagerImpl";

    private static final JdkField CREDENTIALS = new JdkField("credentialsMap");
    private static final JdkField CREDENTIALS_KEY = new JdkField("privateKey");
    private static final JdkField CREDENTIALS_CHAIN = new JdkField("certificates");
    private static final JdkField BUILDERS = new JdkField("builders");
    private static final JdkField WRAPPED_STORE = new JdkField("val$keyStore");
    private static final JdkField FILE_STORE = new JdkField("keyStore");
    private static final JdkField ANCHORS = new JdkField("trustedCerts");
    private static final JdkField DEFAULT_ANCHORS = new JdkField("csRef");
    private static final JdkField DESCRIPTOR = new JdkField("descriptor");
    private static final JdkField STORE_FILE = new JdkField("storeFile");

    private ManagerContents() {}

    /**
     * Writes the content of a manager.
     *
     * @param manager JSSE's own, a ForeignKeyManager, or a class name
     */
    static void describeKeys(Event event, Object manager) {
        if (manager instanceof ForeignKeyManager) {
            ForeignKeyManager foreign = (ForeignKeyManager) manager;
            event.put(Field.KEY_MANAGER, foreign.className());
            if (!foreign.isExtended()) {
                event.put(Field.NOT_EXTENDED, 1);
            }
            foreign.inside().forEach(one -> describeAliases(event, one));
            return;
        }
        event.put(
                Field.KEY_MANAGER,
                manager instanceof String
                        ? (String) manager
                        : manager.getClass().getName());
        describeAliases(event, manager);
    }

    private static void describeAliases(Event event, Object manager) {
        // A JVM may have managers of both classes.
        Object credentials = isOne(manager, SUN_X509) ? CREDENTIALS.get(manager) : null;
        if (credentials instanceof Map) {
            int told = 0;
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) credentials).entrySet()) {
                if (told++ < MOST_ALIASES) {
                    Object key = CREDENTIALS_KEY.get(entry.getValue());
                    entry(
                            event,
                            (String) entry.getKey(),
                            key instanceof PrivateKey ? (PrivateKey) key : null,
                            (X509Certificate[]) CREDENTIALS_CHAIN.get(entry.getValue()));
                }
            }
        }
        Object builders = isOne(manager, PKIX) ? BUILDERS.get(manager) : null;
        if (builders instanceof Collection) {
            for (Object builder : (Collection<?>) builders) {
                KeyStore store = store(builder);
                if (store != null) {
                    aliases(event, store);
                }
            }
        }
    }

    /**
     * Writes the content of a manager.
     *
     * @param manager JSSE's own, a class name, or an {@link ApplicationManager}
     */
    static void describeTrust(Event event, Object manager) {
        if (manager instanceof ApplicationManager) {
            event.put(Field.TRUST_MANAGER, ((ApplicationManager) manager).className);
            Object real = ((ApplicationManager) manager).get();
            List<Object> nested = real == null ? Collections.<Object>emptyList() : NestedTrustManagers.of(real);
            if (nested.size() == 1) {
                anchors(event, ANCHORS.get(nested.get(0)));
            } else if (!nested.isEmpty()) {
                List<Object> all = new ArrayList<>();
                for (Object one : nested) {
                    Object anchors = ANCHORS.get(one);
                    all.addAll(anchors instanceof Collection ? (Collection<?>) anchors : Collections.emptyList());
                }
                anchors(event, all);
            }
            return;
        }
        event.put(
                Field.TRUST_MANAGER,
                manager instanceof String
                        ? (String) manager
                        : manager.getClass().getName());
        anchors(event, manager instanceof String ? null : ANCHORS.get(manager));
    }

    private static void anchors(Event event, @Nullable Object anchors) {
        if (!(anchors instanceof Collection)) {
            return;
        }
        Collection<?> all = (Collection<?>) anchors;
        event.put(Field.ANCHOR_COUNT, all.size()).put(Field.ANCHOR_SOURCE, source(all));
        int told = 0;
        for (Object anchor : all) {
            if (told < MOST_ANCHORS && put(event, anchor)) {
                told++;
            }
        }
    }

    private static boolean isOne(Object manager, String className) {
        return manager.getClass().getName().equals(className);
    }

    /**
     * The trust store's file, if these are the anchors that JSSE's TrustStoreManager caches for the default trust
     * store.
     */
    private static @Nullable String source(Collection<?> anchors) {
        Object defaults = StaticField.read("sun.security.ssl.TrustStoreManager", "tam");
        Object kept = DEFAULT_ANCHORS.get(defaults);
        boolean same = kept instanceof Reference && ((Reference<?>) kept).get() == anchors;
        Object file = same ? STORE_FILE.get(DESCRIPTOR.get(defaults)) : null;
        return file instanceof File ? ((File) file).getPath() : null;
    }

    /**
     * The key store, if it is in memory already and of the JDK's own code: no token is accessed, and nobody is asked
     * for a password.
     */
    private static @Nullable KeyStore store(Object builder) {
        String type = builder.getClass().getName();
        Object store = type.equals("java.security.KeyStore$Builder$1")
                ? WRAPPED_STORE.get(builder)
                : type.equals("java.security.KeyStore$Builder$FileBuilder") ? FILE_STORE.get(builder) : null;
        if (store == null || store.getClass() != KeyStore.class) {
            return null;
        }
        Provider provider = ((KeyStore) store).getProvider();
        String name = provider.getClass().getName();
        return name.equals("sun.security.provider.Sun")
                        || name.equals("com.sun.net.ssl.internal.ssl.Provider")
                        || name.equals("sun.security.ssl.SunJSSE")
                        || name.equals("com.sun.crypto.provider.SunJCE")
                ? (KeyStore) store
                : null;
    }

    private static void aliases(Event event, KeyStore store) {
        try {
            int told = 0;
            Enumeration<String> aliases = store.aliases();
            while (aliases.hasMoreElements() && told < MOST_ALIASES) {
                String alias = aliases.nextElement();
                Certificate[] chain = store.isKeyEntry(alias) ? store.getCertificateChain(alias) : null;
                if (chain != null) {
                    entry(event, alias, null, chain);
                    told++;
                }
            }
        } catch (KeyStoreException e) {
            event.put(Field.REASON, "the key store cannot be read: " + e);
        }
    }

    /** Writes an entry. If the key itself cannot be read, its algorithm is taken from the certificate. */
    private static void entry(
            Event event, @Nullable String alias, @Nullable PrivateKey key, Certificate @Nullable [] chain) {
        boolean jdkKey = key != null && key.getClass().getClassLoader() == null;
        boolean jdkLeaf =
                chain != null && chain.length > 0 && chain[0].getClass().getClassLoader() == null;
        event.put(Field.ALIAS, alias)
                .put(
                        Field.KEY_ALGORITHM,
                        jdkKey && key != null
                                ? key.getAlgorithm()
                                : jdkLeaf && chain != null
                                        ? chain[0].getPublicKey().getAlgorithm()
                                        : null);
        for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
            put(event, certificate);
        }
    }

    /** Writes a certificate of the JDK's own class; another provider's may be the application's code. */
    private static boolean put(Event event, @Nullable Object certificate) {
        if (!(certificate instanceof X509Certificate) || certificate.getClass().getClassLoader() != null) {
            return false;
        }
        try {
            event.put(Field.CERTIFICATE, ((X509Certificate) certificate).getEncoded());
            return true;
        } catch (CertificateEncodingException e) {
            return false;
        }
    }
}
