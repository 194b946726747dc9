package dev.tlscope.agent.weave;

/** A value that a woven call can pass to the Tap. It is passed as an object: a primitive is boxed. */
public final class HookValue {
    enum Kind {
        THIS,
        ARGUMENT,
        RESULT,
        CALL_ARGUMENT,
        CALL_RECEIVER,
        CALL_RESULT,
        THROWN
    }

    /** The object whose method is woven; not in a static method. */
    public static final HookValue THIS = new HookValue(Kind.THIS, 0);

    /** What the method returns; only at {@link Hook.Where#EXIT}. */
    public static final HookValue RESULT = new HookValue(Kind.RESULT, 0);

    /** What the method throws; only at {@link Hook.Where#THROW}. */
    public static final HookValue THROWN = new HookValue(Kind.THROWN, 0);

    /**
     * The receiver of the call within the woven method; only at {@link Hook.Where#AFTER_CALL}, not for a static call.
     */
    public static final HookValue CALL_RECEIVER = new HookValue(Kind.CALL_RECEIVER, 0);

    /** What the call within the woven method returned; only at {@link Hook.Where#AFTER_CALL}. */
    public static final HookValue CALL_RESULT = new HookValue(Kind.CALL_RESULT, 0);

    final Kind kind;
    final int index;

    private HookValue(Kind kind, int index) {
        this.kind = kind;
        this.index = index;
    }

    /** The method's argument at an index from 0, without the receiver. */
    public static HookValue arg(int index) {
        return new HookValue(Kind.ARGUMENT, index);
    }

    /**
     * An argument of the call within the woven method; only at {@link Hook.Where#BEFORE_CALL} and {@link
     * Hook.Where#AFTER_CALL}.
     */
    public static HookValue callArg(int index) {
        return new HookValue(Kind.CALL_ARGUMENT, index);
    }

    @Override
    public String toString() {
        return kind + (kind == Kind.ARGUMENT || kind == Kind.CALL_ARGUMENT ? "(" + index + ")" : "");
    }
}
