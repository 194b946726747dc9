package dev.tlscope.it.refusal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/**
 * Follows texts through a method: constants, both of javac's kinds of concatenation, choices between texts, formats.
 */
final class TextInterpreter extends Interpreter<KnownTexts> {
    private static final String BUILDER = "java/lang/StringBuilder";
    private static final char ARGUMENT = '\u0001';
    private static final char CONSTANT = '\u0002';

    /** Static fields of the scanned classes that hold a text, by owner and name. */
    private final Map<String, String> constants;

    TextInterpreter(Map<String, String> constants) {
        super(Opcodes.ASM9);
        this.constants = constants;
    }

    @Override
    public @Nullable KnownTexts newValue(@Nullable Type type) {
        if (type == null) {
            return KnownTexts.unknown(1);
        }
        return type.equals(Type.VOID_TYPE) ? null : KnownTexts.unknown(type);
    }

    @Override
    public KnownTexts newOperation(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return KnownTexts.of("" + (opcode - Opcodes.ICONST_0));
        }
        return switch (opcode) {
            case Opcodes.ACONST_NULL -> KnownTexts.none();
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> KnownTexts.unknown(2);
            case Opcodes.BIPUSH, Opcodes.SIPUSH -> KnownTexts.of("" + ((IntInsnNode) instruction).operand);
            case Opcodes.LDC -> constant(((LdcInsnNode) instruction).cst);
            case Opcodes.GETSTATIC -> field((FieldInsnNode) instruction);
            case Opcodes.NEW ->
                BUILDER.equals(((TypeInsnNode) instruction).desc) ? KnownTexts.of("") : KnownTexts.unknown(1);
            default -> KnownTexts.unknown(1);
        };
    }

    private static KnownTexts constant(Object constant) {
        return constant instanceof String || constant instanceof Integer
                ? KnownTexts.of(constant.toString())
                : KnownTexts.unknown(constant instanceof Long || constant instanceof Double ? 2 : 1);
    }

    private KnownTexts field(FieldInsnNode field) {
        String text = constants.get(field.owner + "." + field.name);
        if (text != null) {
            return KnownTexts.of(text);
        }
        return field.desc.equals("Lsun/security/ssl/Alert;")
                ? KnownTexts.of(field.name)
                : KnownTexts.unknown(Type.getType(field.desc));
    }

    @Override
    public KnownTexts copyOperation(AbstractInsnNode instruction, KnownTexts value) {
        return value;
    }

    @Override
    public @Nullable KnownTexts unaryOperation(AbstractInsnNode instruction, KnownTexts value) {
        return switch (instruction.getOpcode()) {
            case Opcodes.CHECKCAST -> value;
            case Opcodes.GETFIELD -> KnownTexts.unknown(Type.getType(((FieldInsnNode) instruction).desc));
            case Opcodes.LNEG,
                    Opcodes.DNEG,
                    Opcodes.I2L,
                    Opcodes.I2D,
                    Opcodes.L2D,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.D2L -> KnownTexts.unknown(2);
            default -> KnownTexts.unknown(1);
        };
    }

    @Override
    public @Nullable KnownTexts binaryOperation(AbstractInsnNode instruction, KnownTexts one, KnownTexts two) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LALOAD,
                    Opcodes.DALOAD,
                    Opcodes.LADD,
                    Opcodes.DADD,
                    Opcodes.LSUB,
                    Opcodes.DSUB,
                    Opcodes.LMUL,
                    Opcodes.DMUL,
                    Opcodes.LDIV,
                    Opcodes.DDIV,
                    Opcodes.LREM,
                    Opcodes.DREM,
                    Opcodes.LSHL,
                    Opcodes.LSHR,
                    Opcodes.LUSHR,
                    Opcodes.LAND,
                    Opcodes.LOR,
                    Opcodes.LXOR -> KnownTexts.unknown(2);
            default -> KnownTexts.unknown(1);
        };
    }

    @Override
    public @Nullable KnownTexts ternaryOperation(
            AbstractInsnNode instruction, KnownTexts one, KnownTexts two, KnownTexts three) {
        return null;
    }

    @Override
    public @Nullable KnownTexts naryOperation(AbstractInsnNode instruction, List<? extends KnownTexts> values) {
        if (instruction instanceof MultiANewArrayInsnNode) {
            return KnownTexts.unknown(1);
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            return dynamic.name.equals("makeConcatWithConstants")
                    ? concatenated(dynamic, values)
                    : KnownTexts.unknown(Type.getReturnType(dynamic.desc));
        }
        MethodInsnNode call = (MethodInsnNode) instruction;
        if (call.owner.equals(BUILDER) && call.name.equals("append")) {
            KnownTexts more = values.get(1);
            Type type = Type.getArgumentTypes(call.desc)[0];
            return values.get(0).then(type.equals(Type.CHAR_TYPE) ? more.asCharacter() : ofType(type, more));
        }
        if (call.owner.equals(BUILDER) && call.name.equals("toString")) {
            return values.get(0);
        }
        if (call.owner.equals("java/lang/String") && call.name.equals("format")) {
            return values.get(call.desc.startsWith("(Ljava/util/Locale;") ? 1 : 0)
                    .formatted();
        }
        if (call.owner.equals("java/lang/String") && call.name.equals("formatted")) {
            return values.get(0).formatted();
        }
        Type result = Type.getReturnType(call.desc);
        return result.equals(Type.VOID_TYPE) ? null : KnownTexts.unknown(result);
    }

    /** java.lang.invoke.StringConcatFactory: the recipe holds the constant parts. */
    private static KnownTexts concatenated(InvokeDynamicInsnNode dynamic, List<? extends KnownTexts> values) {
        String recipe = (String) dynamic.bsmArgs[0];
        Type[] types = Type.getArgumentTypes(dynamic.desc);
        KnownTexts text = KnownTexts.of("");
        int argument = 0;
        int constant = 1;
        for (int i = 0; i < recipe.length(); i++) {
            char each = recipe.charAt(i);
            if (each == ARGUMENT) {
                text = text.then(ofType(types[argument], values.get(argument)));
                argument++;
            } else {
                text = text.then(KnownTexts.of(each == CONSTANT ? "" + dynamic.bsmArgs[constant++] : "" + each));
            }
        }
        return text;
    }

    /** Numbers and flags are known only at run time. */
    private static KnownTexts ofType(Type type, KnownTexts value) {
        return type.getSort() == Type.OBJECT ? value : KnownTexts.unknown(1);
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, KnownTexts value, KnownTexts expected) {
        // no text is expected of it
    }

    @Override
    public KnownTexts merge(KnownTexts one, KnownTexts two) {
        return one.or(two);
    }
}
