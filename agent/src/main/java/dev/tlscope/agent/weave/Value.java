package dev.tlscope.agent.weave;

/** Something that a woven call can pass to the Tap, always as an object: primitives are boxed. */
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

    /** The object whose method is woven. */
    public static final Value THIS = new Value(Kind.THIS, 0);
    /** What the method returns; only at {@link Hook.Where#EXIT}. */
    public static final Value RESULT = new Value(Kind.RESULT, 0);

    /** What is thrown; only at {@link Hook.Where#THROW}. */
    public static final Value THROWN = new Value(Kind.THROWN, 0);

    /** The object whose method is called inside the method; only at {@link Hook.Where#AFTER_CALL}, of no static method. */
    public static final Value CALL_RECEIVER = new Value(Kind.CALL_RECEIVER, 0);
    /** What the call inside the method returned; only at {@link Hook.Where#AFTER_CALL}. */
    public static final Value CALL_RESULT = new Value(Kind.CALL_RESULT, 0);

    final Kind kind;
    final int index;

    private Value(Kind kind, int index) {
        this.kind = kind;
        this.index = index;
    }

    /** The method's argument at an index from 0, the receiver not counted. */
    public static Value argument(int index) {
        return new Value(Kind.ARGUMENT, index);
    }

    /** The argument of the call inside the method; only at {@link Hook.Where#AFTER_CALL}. */
    public static Value callArgument(int index) {
        return new Value(Kind.CALL_ARGUMENT, index);
    }
}
