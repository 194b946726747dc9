package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Adds the Tap's calls to one method. It adds loads, an {@code invokestatic}, and locals that live only between two
 * branch targets, so that the method's stack map frames stay valid. An exception handler is added at the method's end
 * and has a frame of its own.
 */
final class HookMethodVisitor extends MethodVisitor {
    static final String TAP =
            "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)V";

    private final String tap;
    private final String ioTap;
    private final int base;
    private final String owner;
    private final List<Hook> hooks;
    private final boolean isStatic;
    private final Type[] arguments;
    private final Type result;
    private final int freeLocal;
    private final WeaveReport report;
    private final Label start = new Label();

    HookMethodVisitor(
            MethodVisitor next,
            String tap,
            String ioTap,
            int base,
            String owner,
            List<Hook> hooks,
            int access,
            String descriptor,
            int maxLocals,
            WeaveReport report) {
        super(Opcodes.ASM9, next);
        this.tap = tap;
        this.ioTap = ioTap;
        this.base = base;
        this.owner = owner;
        this.hooks = hooks;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.arguments = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.freeLocal = maxLocals;
        this.report = report;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        for (Hook hook : hooks) {
            if (hook.where == Hook.Where.ENTER) {
                emit(hook, null, 0, 0, Type.VOID_TYPE);
            }
        }
        if (hasThrowHook()) {
            super.visitLabel(start);
        }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (hasThrowHook()) {
            addHandler();
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            for (Hook hook : hooks) {
                if (hook.where == Hook.Where.EXIT) {
                    atReturn(hook);
                }
            }
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        for (Hook hook : hooks) {
            if (!hook.call.equals(name)) {
                continue;
            }
            if (hook.where == Hook.Where.BEFORE_CALL && !hook.passes(HookValue.Kind.CALL_ARGUMENT)) {
                emit(hook, null, 0, 0, Type.VOID_TYPE);
            } else {
                callAndEmit(hook, opcode, owner, name, descriptor, isInterface);
                return;
            }
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    private boolean hasThrowHook() {
        for (Hook hook : hooks) {
            if (hook.where == Hook.Where.THROW) {
                return true;
            }
        }
        return false;
    }

    /** Last in the exception table, so that the method's own handlers come first. */
    private void addHandler() {
        Label handler = new Label();
        super.visitTryCatchBlock(start, handler, handler, null);
        super.visitLabel(handler);
        Object[] locals = frameLocals();
        super.visitFrame(Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        super.visitVarInsn(Opcodes.ASTORE, freeLocal);
        for (Hook hook : hooks) {
            if (hook.where == Hook.Where.THROW) {
                emit(hook, null, 0, freeLocal, Type.getObjectType("java/lang/Throwable"));
            }
        }
        super.visitVarInsn(Opcodes.ALOAD, freeLocal);
        super.visitInsn(Opcodes.ATHROW);
    }

    /**
     * Receiver and arguments, which keep their types throughout a method that javac compiled. Where no hook passes an argument, the
     * receiver alone, since other compilers may use an argument's local for something else.
     */
    private Object[] frameLocals() {
        List<Object> locals = new ArrayList<>();
        if (!isStatic) {
            locals.add(owner);
        }
        if (!passesArguments()) {
            return locals.toArray();
        }
        for (Type argument : arguments) {
            switch (argument.getSort()) {
                case Type.OBJECT:
                case Type.ARRAY:
                    locals.add(argument.getInternalName());
                    break;
                case Type.LONG:
                    locals.add(Opcodes.LONG);
                    break;
                case Type.FLOAT:
                    locals.add(Opcodes.FLOAT);
                    break;
                case Type.DOUBLE:
                    locals.add(Opcodes.DOUBLE);
                    break;
                default:
                    locals.add(Opcodes.INTEGER);
            }
        }
        return locals.toArray();
    }

    private boolean passesArguments() {
        for (Hook hook : hooks) {
            if (hook.where == Hook.Where.THROW && hook.passes(HookValue.Kind.ARGUMENT)) {
                return true;
            }
        }
        return false;
    }

    private void atReturn(Hook hook) {
        if (result.getSort() != Type.VOID && hook.values.contains(HookValue.RESULT)) {
            super.visitInsn(result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
            super.visitVarInsn(result.getOpcode(Opcodes.ISTORE), freeLocal);
        }
        emit(hook, null, 0, freeLocal, result);
    }

    private void callAndEmit(Hook hook, int opcode, String owner, String name, String descriptor, boolean isInterface) {
        Type[] callArguments = Type.getArgumentTypes(descriptor);
        int[] locals = new int[callArguments.length];
        int next = freeLocal;
        for (int i = 0; i < callArguments.length; i++) {
            locals[i] = next;
            next += callArguments[i].getSize();
        }
        for (int i = callArguments.length - 1; i >= 0; i--) {
            super.visitVarInsn(callArguments[i].getOpcode(Opcodes.ISTORE), locals[i]);
        }
        int receiver = next++;
        if (hook.passes(HookValue.Kind.CALL_RECEIVER)) {
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ASTORE, receiver);
        }
        if (hook.where == Hook.Where.BEFORE_CALL) {
            emit(hook, callArguments, receiver, 0, Type.VOID_TYPE);
        }
        for (int i = 0; i < callArguments.length; i++) {
            super.visitVarInsn(callArguments[i].getOpcode(Opcodes.ILOAD), locals[i]);
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (hook.where == Hook.Where.AFTER_CALL) {
            Type callResult = Type.getReturnType(descriptor);
            if (hook.passes(HookValue.Kind.CALL_RESULT)) {
                super.visitInsn(callResult.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
                super.visitVarInsn(callResult.getOpcode(Opcodes.ISTORE), next);
            }
            emit(hook, callArguments, receiver, next, callResult);
        }
    }

    private void emit(Hook hook, Type @Nullable [] callArguments, int receiverLocal, int resultLocal, Type resultType) {
        report.hit(hook);
        super.visitLdcInsn(base + hook.position);
        if (!hook.direct.isEmpty()) {
            for (HookValue value : hook.values) {
                loadRaw(value, resultLocal, resultType);
            }
            int at = hook.direct.indexOf('(');
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, ioTap, hook.direct.substring(0, at), hook.direct.substring(at), false);
            return;
        }
        for (int i = 0; i < 5; i++) {
            if (i < hook.values.size()) {
                load(hook.values.get(i), callArguments, receiverLocal, resultLocal, resultType);
            } else {
                super.visitInsn(Opcodes.ACONST_NULL);
            }
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, tap, "tap", TAP, false);
    }

    private void loadRaw(HookValue value, int resultLocal, Type resultType) {
        switch (value.kind) {
            case THIS:
                super.visitVarInsn(Opcodes.ALOAD, 0);
                break;
            case ARGUMENT:
                super.visitVarInsn(
                        arguments[value.index].getOpcode(Opcodes.ILOAD),
                        local(arguments, value.index, isStatic ? 0 : 1));
                break;
            case RESULT:
                super.visitVarInsn(resultType.getOpcode(Opcodes.ILOAD), resultLocal);
                break;
            default:
                throw new IllegalStateException(hook(value));
        }
    }

    private void load(
            HookValue value, Type @Nullable [] callArguments, int receiverLocal, int resultLocal, Type resultType) {
        switch (value.kind) {
            case THIS:
                super.visitVarInsn(Opcodes.ALOAD, 0);
                break;
            case ARGUMENT:
                loadBoxed(arguments, value.index, isStatic ? 0 : 1);
                break;
            case CALL_ARGUMENT:
                if (callArguments == null) {
                    throw new IllegalStateException(hook(value));
                }
                loadBoxed(callArguments, value.index, freeLocal);
                break;
            case CALL_RECEIVER:
                super.visitVarInsn(Opcodes.ALOAD, receiverLocal);
                break;
            case THROWN:
            case RESULT:
            case CALL_RESULT:
                super.visitVarInsn(resultType.getOpcode(Opcodes.ILOAD), resultLocal);
                box(resultType);
                break;
            default:
                throw new IllegalStateException(hook(value));
        }
    }

    private static String hook(HookValue value) {
        return value.kind + " is not known here";
    }

    private void loadBoxed(Type[] types, int index, int firstLocal) {
        super.visitVarInsn(types[index].getOpcode(Opcodes.ILOAD), local(types, index, firstLocal));
        box(types[index]);
    }

    private static int local(Type[] types, int index, int firstLocal) {
        int local = firstLocal;
        for (int i = 0; i < index; i++) {
            local += types[i].getSize();
        }
        return local;
    }

    private void box(Type type) {
        String boxed;
        switch (type.getSort()) {
            case Type.BOOLEAN:
                boxed = "java/lang/Boolean";
                break;
            case Type.BYTE:
                boxed = "java/lang/Byte";
                break;
            case Type.SHORT:
                boxed = "java/lang/Short";
                break;
            case Type.INT:
                boxed = "java/lang/Integer";
                break;
            case Type.LONG:
                boxed = "java/lang/Long";
                break;
            case Type.OBJECT:
            case Type.ARRAY:
                return;
            default:
                throw new IllegalStateException("no hook passes a " + type);
        }
        super.visitMethodInsn(
                Opcodes.INVOKESTATIC, boxed, "valueOf", "(" + type.getDescriptor() + ")L" + boxed + ";", false);
    }
}
