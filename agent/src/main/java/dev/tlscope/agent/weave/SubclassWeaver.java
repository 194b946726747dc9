package dev.tlscope.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks that are for subclasses of a JDK class into loaded classes of applications, when those are retransformed. It
 * holds the classes weakly, so that their loaders can be collected.
 */
public final class SubclassWeaver implements ClassFileTransformer {
    private final List<Hook> hooks = new ArrayList<>();
    private final String tap;
    private final HookTable table;
    private final WeaveReport report;

    /** What is to be woven: the class, and the internal name of the JDK class that its hooks name. */
    private final Map<Class<?>, String> wanted = Collections.synchronizedMap(new WeakHashMap<>());

    /** Why a class was not woven. */
    private final Map<Class<?>, String> failed = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param tap name of the class whose {@code tap} is called, which the woven classes must see */
    public SubclassWeaver(String tap, HookTable table, WeaveReport report) {
        this.tap = tap.replace('.', '/');
        this.table = table;
        this.report = report;
    }

    /** Adds the table's hooks that it weaves, before it is registered as a transformer. */
    public void hooks(List<Hook> rows) {
        hooks.addAll(rows);
    }

    /**
     * Wants classes to be woven from now on.
     *
     * @param base name of the JDK class that they extend, as the hooks' rows have it
     */
    public void take(List<Class<?>> types, String base) {
        for (Class<?> type : types) {
            wanted.put(type, base.replace('.', '/'));
        }
    }

    /** Leaves classes as they are; they keep what is woven into them until they are retransformed. */
    public void leave(List<Class<?>> types) {
        for (Class<?> type : types) {
            wanted.remove(type);
        }
    }

    /** The classes that are woven and not unloaded. */
    public List<Class<?>> woven() {
        synchronized (wanted) {
            return new ArrayList<>(wanted.keySet());
        }
    }

    /** Why a class was not woven; null if nothing failed. */
    public @Nullable String failure(Class<?> type) {
        return failed.get(type);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        String base = redefined == null ? null : wanted.get(redefined);
        if (redefined == null || base == null) {
            return null;
        }
        List<Hook> here = new ArrayList<>();
        for (Hook hook : hooks) {
            if (hook.className.equals(base)) {
                here.add(hook);
            }
        }
        try {
            byte[] woven = new ClassChange(tap, table.base(), report).of(bytes, here);
            report.endAny(here);
            return woven;
        } catch (Throwable t) {
            failed.put(redefined, "weaving failed: " + t);
            return null;
        }
    }
}
