package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** One row of the hook table: in which method, where in it, and which values go to the Tap. */
public final class Hook {
    /** Place in the method at which the Tap is called. */
    public enum Where {
        /** Before the first instruction. Not in a constructor. */
        ENTER,
        /** Before every return. */
        EXIT,
        /** Before every call of the method that {@link Hook#inside} names. */
        BEFORE_CALL,
        /** After every call of the method that {@link Hook#inside} names returned. */
        AFTER_CALL,
        /** Where something is thrown out of the method; it goes on. Not in a constructor. */
        THROW
    }

    final int number;
    final String id;
    final String className;
    final String method;
    final List<String> descriptors;
    final Where where;
    final String call;
    final List<Value> values;
    final String setting;
    /** Method of another class than the Tap, {@code name descriptor}, which takes the values as they are; empty for the Tap. */
    final String direct;

    private Hook(
            int number,
            String id,
            String className,
            String method,
            List<String> descriptors,
            Where where,
            String call,
            List<Value> values,
            String setting,
            String direct) {
        this.number = number;
        this.id = id;
        this.className = className;
        this.method = method;
        this.descriptors = descriptors;
        this.where = where;
        this.call = call;
        this.values = values;
        this.setting = setting;
        this.direct = direct;
    }

    /**
     * A row.
     *
     * @param number what the Tap passes to the handler, unique in the table
     * @param id stable name, shown in status; rows of one id are alternatives, of which a JDK needs one
     * @param className internal name, slashes
     * @param method name, {@code <init>} for constructors
     * @param descriptors those it has had over the JDKs; a JDK has one of them
     */
    public static Hook of(int number, String id, String className, String method, Where where, String... descriptors) {
        return new Hook(
                number,
                id,
                className,
                method,
                Arrays.asList(descriptors),
                where,
                "",
                Collections.<Value>emptyList(),
                "",
                "");
    }

    /** The same row at calls of a method with that name, whatever its class. */
    public Hook inside(String callName) {
        return new Hook(number, id, className, method, descriptors, where, callName, values, setting, direct);
    }

    /** The same row with the values that it passes, at most five. */
    public Hook pass(Value... passed) {
        if (passed.length > 5) {
            throw new IllegalArgumentException("the Tap takes five values");
        }
        return new Hook(
                number, id, className, method, descriptors, where, call, Arrays.asList(passed), setting, direct);
    }

    /** The same row, woven only under a setting such as {@code secrets=on}: otherwise it costs nothing. */
    public Hook onlyWith(String needed) {
        return new Hook(number, id, className, method, descriptors, where, call, values, needed, direct);
    }

    /** The rows that are to be woven under these settings. */
    public static List<Hook> wanted(List<Hook> table, Set<String> settings) {
        List<Hook> wanted = new ArrayList<>();
        for (Hook hook : table) {
            if (hook.setting.isEmpty() || settings.contains(hook.setting)) {
                wanted.add(hook);
            }
        }
        return wanted;
    }

    /** The same row, which calls a method of the {@link IoTap}: hook number and values, not boxed. */
    public Hook direct(String ioMethod, String descriptor) {
        return new Hook(
                number, id, className, method, descriptors, where, call, values, setting, ioMethod + descriptor);
    }

    public int number() {
        return number;
    }

    public String id() {
        return id;
    }

    /** Internal name of the class, slashes. */
    public String className() {
        return className;
    }

    boolean passes(Value.Kind kind) {
        for (Value value : values) {
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
