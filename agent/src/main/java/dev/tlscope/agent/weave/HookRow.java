package dev.tlscope.agent.weave;

/** A {@link Hook} that is being declared; {@link #to} ends it, and rejects a row that no method could ever match. */
public final class HookRow {
    final String className;
    final String method;
    final Hook.Where where;
    final String[] descriptors;

    String id = "";
    String call = "";
    HookValue[] values = {};
    String setting = "";
    String direct = "";
    boolean onDemand;
    boolean inSubclasses;

    private final HookTable table;

    HookRow(HookTable table, String className, String method, Hook.Where where, String[] descriptors) {
        this.table = table;
        this.className = className;
        this.method = method;
        this.where = where;
        this.descriptors = descriptors;
    }

    /** The row's id: lower case, shown in status. Rows with the same id are alternatives, of which a JDK needs one. */
    public HookRow named(String name) {
        id = name;
        return this;
    }

    /**
     * Calls the Tap at calls of a method with that name in any class; for {@link Hook.Where#BEFORE_CALL} and {@link
     * Hook.Where#AFTER_CALL}.
     */
    public HookRow inside(String callName) {
        call = callName;
        return this;
    }

    /** The values that are passed, at most five. */
    public HookRow pass(HookValue... passed) {
        values = passed;
        return this;
    }

    /** Woven only under a setting such as {@code secrets=on}; otherwise the hook costs nothing. */
    public HookRow onlyWith(String needed) {
        setting = needed;
        return this;
    }

    /** Woven on request, and not at the first use of TLS. */
    public HookRow onDemand() {
        onDemand = true;
        return this;
    }

    /** Woven into the subclasses of the class that applications have, and not into the class itself. */
    public HookRow inSubclasses() {
        inSubclasses = true;
        return this;
    }

    /** Calls a method of the {@link IoTap}, which takes the hook's number and the values unboxed, instead of the Tap. */
    public HookRow direct(String ioMethod) {
        direct = ioMethod;
        return this;
    }

    /**
     * Ends the row.
     *
     * @throws IllegalArgumentException when the row is wrong in itself
     */
    public void to(HookTarget target) {
        String fault = HookRowCheck.fault(this);
        if (fault != null) {
            throw new IllegalArgumentException("hook " + id + " in " + className + "." + method + ": " + fault);
        }
        table.add(this, target);
    }

    /** The key that no two rows may share: HookMethodVisitor calls one hook at one place. */
    String place(String descriptor) {
        return className + "." + method + descriptor + " " + where + " " + call;
    }
}
