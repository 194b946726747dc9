package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All hooks of a session, in the order in which they were declared. A hook's position is its number in the woven code, together
 * with the table's stamp: code that a table of another version wove, and that could not be unwoven or is still running, must not
 * reach a hook of this one.
 *
 * <pre>
 * table.on("sun.security.ssl.TransportContext", "kickstart", ENTER, "()V")
 *         .named("kickstart")
 *         .pass(THIS)
 *         .to(v -&gt; begins(v[0]));
 * </pre>
 */
public final class HookTable {
    /** Positions below one stamp. */
    static final int MOST_HOOKS = 1 << 10;

    private static final int STAMPS = Integer.MAX_VALUE / MOST_HOOKS;

    private final List<Hook> hooks = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private int hash;

    /**
     * Begins a row.
     *
     * @param className name with dots, {@code $} before the name of a nested class
     * @param method its name, {@code <init>} for constructors
     * @param descriptors all descriptors that the method has had in the JDKs; one JDK may have several of them
     */
    public HookRow on(String className, String method, Hook.Where where, String... descriptors) {
        return new HookRow(this, className.replace('.', '/'), method, where, descriptors);
    }

    /** All rows. */
    public List<Hook> hooks() {
        return Collections.unmodifiableList(hooks);
    }

    /** The rows that are woven under these settings: at the first use of TLS, or on demand. */
    public List<Hook> wanted(Set<String> settings, boolean onDemand) {
        List<Hook> wanted = new ArrayList<>();
        for (Hook hook : hooks) {
            if (hook.onDemand == onDemand && !hook.inSubclasses && hook.isWanted(settings)) {
                wanted.add(hook);
            }
        }
        return wanted;
    }

    /** The rows for the classes of applications that are woven under these settings. */
    public List<Hook> forSubclasses(Set<String> settings) {
        List<Hook> wanted = new ArrayList<>();
        for (Hook hook : hooks) {
            if (hook.inSubclasses && hook.isWanted(settings)) {
                wanted.add(hook);
            }
        }
        return wanted;
    }

    void add(HookRow row, HookTarget target) {
        for (String descriptor : row.descriptors) {
            if (!places.add(row.place(descriptor))) {
                throw new IllegalArgumentException("hook " + row.id + ": another hook is at " + row.place(descriptor));
            }
        }
        if (hooks.size() == MOST_HOOKS) {
            throw new IllegalArgumentException("hook " + row.id + ": a table takes " + MOST_HOOKS + " hooks");
        }
        hooks.add(new Hook(hooks.size(), row, target));
        hash = 31 * (31 * hash + row.id.hashCode()) + row.values.length;
    }

    /**
     * The base of the hooks' numbers. Never 0: numbers in code that was woven before there were stamps are below it.
     */
    int base() {
        return (1 + Math.floorMod(hash, STAMPS - 1)) * MOST_HOOKS;
    }
}
