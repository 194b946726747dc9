package dev.tlscope.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves hooks into the bootstrap loader's classes. It works on class files and does not depend on TLS. Runs on any
 * thread that loads or retransforms a class. A class that does not fit stays unchanged, and the report says why.
 */
public final class Weaver implements ClassFileTransformer {
    private final String tap;
    private final HookTable table;
    private final Map<String, List<Hook>> hooksByClass = new HashMap<>();
    /** Classes that were passed to this transformer, whether woven or rejected. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private final WeaveReport report;

    /** @param tap name of the class whose {@code tap} is called */
    public Weaver(String tap, HookTable table, WeaveReport report) {
        this.tap = tap.replace('.', '/');
        this.table = table;
        this.report = report;
    }

    /** Adds the table's hooks that it weaves, before it is registered as a transformer. */
    public void take(List<Hook> hooks) {
        for (Hook hook : hooks) {
            if (hook.inSubclasses) {
                continue;
            }
            List<Hook> ofClass = hooksByClass.get(hook.className);
            if (ofClass == null) {
                ofClass = new ArrayList<>();
                hooksByClass.put(hook.className, ofClass);
            }
            ofClass.add(hook);
        }
    }

    /** Internal names of the classes that its hooks are in. */
    public Set<String> classNames() {
        return hooksByClass.keySet();
    }

    /** True for a class that has hooks and was not yet passed to this transformer. */
    public boolean misses(String className) {
        return hooksByClass.containsKey(className) && !seen.contains(className);
    }

    /**
     * Records that the JVM rejected a class after all transformers, including other agents', so that its hooks are not
     * woven.
     */
    public void refused(String className, Throwable why) {
        for (Hook hook : hooksByClass.getOrDefault(className, Collections.emptyList())) {
            report.refuse(hook, "the JVM rejects the changed class, perhaps because of another agent's change: " + why);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader != null || className == null) {
            return null;
        }
        List<Hook> hooks = hooksByClass.get(className);
        if (hooks == null) {
            return null;
        }
        seen.add(className);
        try {
            return weave(hooks, bytes);
        } catch (Throwable t) {
            for (Hook hook : hooks) {
                report.refuse(hook, "weaving failed: " + t);
            }
            return null;
        }
    }

    private byte[] weave(List<Hook> hooks, byte[] bytes) {
        byte[] woven = new ClassChange(tap, table.base(), report).of(bytes, hooks);
        report.end(hooks);
        return woven;
    }
}
