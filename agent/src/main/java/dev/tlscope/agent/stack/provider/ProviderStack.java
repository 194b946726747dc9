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
        return EnumSet.noneOf(StackCapability.class);
    }

    /** Any class that is in an application's class loader. */
    @Override
    public boolean owns(Class<?> type) {
        return type.getClassLoader() != null;
    }

    @Override
    public void declare(HookTable table, StackContext context) {
        new ImplementationTaps(context).declare(table);
    }
}
