package dev.tlscope.agent.stack.jsse;

import dev.tlscope.agent.reflect.JdkModules;
import dev.tlscope.agent.stack.StackCapability;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.weave.HookTable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSSE, the JDK's own TLS, as it is from JDK 8u261 and JDK 11 on. */
public final class JsseStack implements TlsStack {
    @Override
    public String name() {
        return "jsse";
    }

    @Override
    public String classes() {
        return "SSLEngine and SSLSocket of the JDK's provider SunJSSE, in JDK 8 from 8u261 on, 11 and later.";
    }

    @Override
    public String limits() {
        return "";
    }

    @Override
    public @Nullable String unsupported() {
        boolean known = JdkModules.present()
                || ClassLoader.getSystemResource("sun/security/ssl/TransportContext.class") != null;
        return known
                ? null
                : "this JDK is " + System.getProperty("java.version")
                        + ", whose JSSE tlscope does not support; JDK 8 from 8u261 on, 11 or later is needed";
    }

    /**
     * The class of which an application asks for an SSLContext, which may have no implementation; the base class of JSSE's; and
     * the classes, loaded before it, of key stores, which an application may fail to read, of key managers, which open their keys, and of
     * trust managers.
     */
    @Override
    public Set<String> firstUse() {
        return names(
                "javax.net.ssl.SSLContext",
                "sun.security.ssl.SSLContextImpl",
                "java.security.KeyStore",
                "javax.net.ssl.KeyManagerFactory",
                "javax.net.ssl.TrustManagerFactory");
    }

    @Override
    public Set<String> engines() {
        return names("sun.security.ssl.SSLEngineImpl");
    }

    @Override
    public Set<String> packages() {
        return names(
                "sun.security.ssl",
                "sun.security.util",
                "sun.security.internal.spec",
                "sun.security.jca",
                "java.io",
                "java.security",
                "java.util",
                "javax.net.ssl");
    }

    @Override
    public Set<StackCapability> gives() {
        return EnumSet.allOf(StackCapability.class);
    }

    @Override
    public Set<StackCapability> givesInPart() {
        return EnumSet.noneOf(StackCapability.class);
    }

    @Override
    public boolean owns(Class<?> type) {
        return type.getClassLoader() == null && type.getName().startsWith(JsseNames.SSL);
    }

    @Override
    public Set<String> beside(Class<?> type) {
        return names();
    }

    @Override
    public void declare(HookTable table, StackContext context) {
        JsseHooks.declare(table, context);
    }

    private static Set<String> names(String... names) {
        return new HashSet<>(Arrays.asList(names));
    }
}
