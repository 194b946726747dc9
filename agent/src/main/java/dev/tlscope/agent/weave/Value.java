package dev.tlscope.agent.weave;

/** A value that a woven call can pass to the Tap. It is passed as an object: a primitive is boxed. */
public final class Value {
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
    public static final Value THIS = new Value(Kind.THIS, 0);

    /** What the method returns; only at {@link Hook.Where#EXIT}. */
    public static final Value RESULT = new Value(Kind.RESULT, 0);

    /** What the method throws; only at {@link Hook.Where#THROW}. */
    public static final Value THROWN = new Value(Kind.THROWN, 0);

    /** The object whose method is called within the woven method; only at {@link Hook.Where#AFTER_CALL}, not for a static call. */
    public static final Value CALL_RECEIVER = new Value(Kind.CALL_RECEIVER, 0);

    /** What the call within the woven method returned; only at {@link Hook.Where#AFTER_CALL}. */
    public static final Value CALL_RESULT = new Value(Kind.CALL_RESULT, 0);

    final Kind kind;
    final int index;

    private Value(Kind kind, int index) {
        this.kind = kind;
        this.index = index;
    }

    /** The method's argument at an index from 0; the receiver does not count. */
    public static Value arg(int index) {
        return new Value(Kind.ARGUMENT, index);
    }

    /** An argument of the call within the woven method; only at {@link Hook.Where#BEFORE_CALL} and {@link Hook.Where#AFTER_CALL}. */
    public static Value callArg(int index) {
        return new Value(Kind.CALL_ARGUMENT, index);
    }

    @Override
    public String toString() {
        return kind + (kind == Kind.ARGUMENT || kind == Kind.CALL_ARGUMENT ? "(" + index + ")" : "");
    }
}
