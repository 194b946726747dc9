package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.reflect.StaticField;
import java.io.File;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of the JVM have in common: its build, providers, policy and properties, as names and values. Private
 * loader, the writer's thread. No provider is loaded, and no method of one is called.
 */
final class JvmEnvironment {
    private static final String[] POLICY = {
        "jdk.tls.disabledAlgorithms",
        "jdk.tls.legacyAlgorithms",
        "jdk.certpath.disabledAlgorithms",
        "jdk.security.caDistrustPolicies",
        "jdk.disabled.namedCurves",
        "crypto.policy",
        "jdk.tls.keyLimits",
        "ocsp.enable",
        "ocsp.responderURL",
        "com.sun.security.onlyCheckRevocationOfEECert",
        "jdk.tls.alpnCharset",
        "ssl.KeyManagerFactory.algorithm",
        "ssl.TrustManagerFactory.algorithm",
        "keystore.type",
        "security.overridePropertiesFile"
    };

    private static final String[] PREFIXES = {
        "javax.net.ssl.",
        "jsse.",
        "jdk.tls.",
        "jdk.security.",
        "jdk.internal.httpclient.disableHostnameVerification",
        "jdk.certpath.",
        "com.sun.net.ssl.",
        "com.sun.security.",
        "sun.security.ssl.",
        "sun.security.rsa.",
        "https.protocols",
        "https.cipherSuites",
        "java.security.properties",
        "ocsp."
    };

    private static final String[] BUILD = {
        "java.runtime.version", "java.vendor", "java.vendor.version", "java.vm.name", "java.home", "os.name", "os.arch"
    };

    private static final JdkField CONFIGS = new JdkField("configs");
    private static final JdkField CONFIG_NAME = new JdkField("provName");
    private static final JdkField CONFIG_CLASS = new JdkField("className"); // JDK 8
    private static final JdkField CONFIG_PROVIDER = new JdkField("provider");
    private static final JdkField PROVIDER_NAME = new JdkField("name");
    private static final JdkField PROVIDER_VERSION = new JdkField("versionStr");
    private static final JdkField PROVIDER_NUMBER = new JdkField("version"); // JDK 8

    private JvmEnvironment() {}

    /**
     * The values that show a change of policy at run time. Reading them is cheap: they are the same objects until they
     * change.
     */
    static List<@Nullable String> policy() {
        List<@Nullable String> values = new ArrayList<>(POLICY.length);
        for (String name : POLICY) {
            values.add(security(name));
        }
        return values;
    }

    /** Names and values, in turn. */
    static List<String> read() {
        List<String> pairs = new ArrayList<>();
        for (String name : BUILD) {
            add(pairs, name, system(name));
        }
        for (String name : POLICY) {
            add(pairs, name, security(name));
        }
        add(pairs, "java.security file", policyFile());
        providers(pairs);
        properties(pairs);
        return pairs;
    }

    private static @Nullable String policyFile() {
        String home = system("java.home");
        for (String place : new String[] {"conf", "lib"}) {
            File file = new File(home + File.separator + place + File.separator + "security", "java.security");
            if (file.exists()) {
                return file.getPath();
            }
        }
        return null;
    }

    private static void providers(List<String> pairs) {
        Object list = StaticField.read("sun.security.jca.Providers", "providerList");
        Object configs = CONFIGS.get(list);
        if (!(configs instanceof Object[])) {
            return;
        }
        int number = 1;
        for (Object config : (Object[]) configs) {
            Object provider = CONFIG_PROVIDER.get(config);
            Object name = provider != null ? PROVIDER_NAME.get(provider) : CONFIG_NAME.get(config);
            if (name == null) {
                name = CONFIG_CLASS.get(config);
            }
            Object version = PROVIDER_VERSION.get(provider);
            if (version == null) {
                version = PROVIDER_NUMBER.get(provider);
            }
            add(
                    pairs,
                    "provider." + number++,
                    name
                            + (version == null ? "" : " " + version)
                            + (provider == null ? "" : " " + provider.getClass().getName()));
        }
    }

    private static void properties(List<String> pairs) {
        Properties all = System.getProperties();
        // An application may have set a subclass of its own.
        if (all.getClass() != Properties.class) {
            add(pairs, "system properties", "not read: " + all.getClass().getName());
            return;
        }
        for (String name : new TreeSet<>(all.stringPropertyNames())) {
            for (String prefix : PREFIXES) {
                if (name.startsWith(prefix)) {
                    add(pairs, "-D" + name, isSecret(name) ? "(left out)" : all.getProperty(name));
                    break;
                }
            }
        }
    }

    /** jdk.tls.allowLegacyMasterSecret and jdk.tls.useExtendedMasterSecret are switches, not secrets. */
    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        return lower.contains("password")
                || lower.contains("passphrase")
                || (lower.contains("secret") && !lower.endsWith("mastersecret"));
    }

    private static void add(List<String> pairs, String name, @Nullable String value) {
        if (value != null) {
            pairs.add(name);
            pairs.add(value);
        }
    }

    private static @Nullable String security(String name) {
        try {
            return Security.getProperty(name);
        } catch (SecurityException e) {
            return null;
        }
    }

    private static @Nullable String system(String name) {
        try {
            return System.getProperty(name);
        } catch (SecurityException e) {
            return null;
        }
    }
}
