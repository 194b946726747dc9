package dev.tlscope.agent.stack.provider;

import dev.tlscope.agent.stack.StackCapability;
import dev.tlscope.agent.stack.StackContext;
import dev.tlscope.agent.stack.TlsStack;
import dev.tlscope.agent.weave.HookTable;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every SSLEngine and SSLSocket that no other stack captures, by what passes through the public API. */
public final class ProviderStack implements TlsStack {
    @Override
    public String name() {
        return "provider";
    }

    @Override
    public String classes() {
        return "Every other SSLEngine and SSLSocket in an application's class loader, under any name: netty-tcnative, Conscrypt,"
                + " BouncyCastle's BCJSSE and their shaded copies.";
    }

    @Override
    public String limits() {
        return "It sees what passes through the public API. Of an SSLEngine, that is every byte up to the end of the handshake, so that"
                + " alerts are seen where they are not encrypted or an exception names them. Of an SSLSocket that has no SSLEngine inside,"
                + " it is the result of the handshake, its exception and the addresses. Of BCJSSE (bctls, not its shaded copies), engines and"
                + " sockets, it has every handshake message and alert besides, also those that are encrypted, and its secrets. Of netty-tcnative (2.0.66"
                + " and later with BoringSSL, also in grpc-netty-shaded; Java 9 and later) it has the secrets, unless the application or an"
                + " earlier attach has set a key log callback, which is not replaced. Conscrypt gives no secrets. The peer's certificates are"
                + " those in the clear, and those that the JDK's trust manager is given.";
    }

    @Override
    public @Nullable String unsupported() {
        return null;
    }

    /** Of a library with an SSLEngine of its own, no class of JSSE may be loaded. */
    @Override
    public Set<String> firstUse() {
        return new HashSet<>(Arrays.asList("javax.net.ssl.SSLEngine", "javax.net.ssl.SSLSocket"));
    }

    /** They are found when they are created. */
    @Override
    public Set<String> engines() {
        return Collections.emptySet();
    }

    @Override
    public Set<String> packages() {
        return new HashSet<>(Arrays.asList("javax.net.ssl", "java.security"));
    }

    @Override
    public Set<StackCapability> gives() {
        return EnumSet.of(
                StackCapability.CLEAR_MESSAGES,
                StackCapability.RECORDS,
                StackCapability.CERTIFICATES,
                StackCapability.TRUST_FAILURES,
                StackCapability.ADDRESSES);
    }

    @Override
    public Set<StackCapability> givesInPart() {
        return EnumSet.of(StackCapability.ENCRYPTED_MESSAGES, StackCapability.ALERTS, StackCapability.SECRETS);
    }

    /** Any class that is in an application's class loader. */
    @Override
    public boolean owns(Class<?> type) {
        return type.getClassLoader() != null;
    }

    @Override
    public Set<String> beside(Class<?> type) {
        return BouncyCastleTaps.beside(type);
    }

    @Override
    public void declare(HookTable table, StackContext context) {
        ProviderConnections connections = new ProviderConnections(context);
        new ImplementationTaps(context, connections).declare(table);
        new EngineTaps(connections).declare(table);
        new SslSocketTaps(connections).declare(table);
        new TrustTaps(connections).declare(table);
        new BouncyCastleTaps(connections).declare(table);
    }
}
