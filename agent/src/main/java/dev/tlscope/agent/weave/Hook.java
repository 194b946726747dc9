package dev.tlscope.agent.weave;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * One row of the {@link HookTable}: the method, the location in it, the values that are passed from there, and the code
 * that handles them. {@link HookTable#on} begins one.
 */
public final class Hook {
    /** Location in the method at which the Tap is called. */
    public enum Where {
        /** Before the first instruction; not in a constructor. */
        ENTER,
        /** Before every return. */
        EXIT,
        /** Before every call of the method that {@link HookRow#inside} names. */
        BEFORE_CALL,
        /** After every call of the method that {@link HookRow#inside} names has returned. */
        AFTER_CALL,
        /** When the method throws; the exception is rethrown. Not in a constructor. */
        THROW
    }

    final int position;
    final String id;
    final String className;
    final String method;
    final List<String> descriptors;
    final Where where;
    final String call;
    final List<HookValue> values;
    final String setting;
    final boolean onDemand;
    /** Whether it is woven into the subclasses of its class that applications have, and not into the class itself. */
    final boolean inSubclasses;
    /** Name and descriptor of the {@link IoTap}'s method, which takes the values unboxed; empty for the Tap. */
    final String direct;

    final HookTarget target;

    Hook(int position, HookRow row, HookTarget target) {
        this.position = position;
        this.id = row.id;
        this.className = row.className;
        this.method = row.method;
        this.descriptors = Collections.unmodifiableList(Arrays.asList(row.descriptors));
        this.where = row.where;
        this.call = row.call;
        this.values = Collections.unmodifiableList(Arrays.asList(row.values));
        this.setting = row.setting;
        this.onDemand = row.onDemand;
        this.inSubclasses = row.inSubclasses;
        this.direct = row.direct.isEmpty() ? "" : HookRowCheck.direct(row, row.descriptors[0]);
        this.target = target;
    }

    /** Stable name, shown in status. Rows with the same id are alternatives: a JDK needs one of them. */
    public String id() {
        return id;
    }

    /** Internal name of the class, with slashes. */
    public String className() {
        return className;
    }

    boolean isWanted(Set<String> settings) {
        return setting.isEmpty() || settings.contains(setting);
    }

    boolean passes(HookValue.Kind kind) {
        for (HookValue value : values) {
            if (value.kind == kind) {
                return true;
            }
        }
        return false;
    }

    boolean fits(String methodName, String descriptor) {
        return method.equals(methodName) && descriptors.contains(descriptor);
    }
}
