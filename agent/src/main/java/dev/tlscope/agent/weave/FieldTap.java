package dev.tlscope.agent.weave;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates the class that reads the fields of the JDK's objects, in java.base like the Tap: it needs the JDK's internal Unsafe.
 * What our code is compiled against is {@code sun.security.ssl.TlscopeFields1}.
 */
public final class FieldTap {
    /** The class's name, which changes with its shape, because an earlier agent's class may still be loaded. */
    public static final String NAME = "sun.security.ssl.TlscopeFields1";

    private static final String OBJECT = "Ljava/lang/Object;";

    private final String unsafe;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private FieldTap(Class<?> unsafe) {
        this.unsafe = Type.getInternalName(unsafe);
    }

    /**
     * The class file.
     *
     * @param unsafe the JDK's Unsafe: sun.misc.Unsafe, from JDK 9 on jdk.internal.misc.Unsafe
     */
    public static byte[] classFile(Class<?> unsafe) {
        return new FieldTap(unsafe).make(getsReferences(unsafe) ? "getReference" : "getObject");
    }

    /** JDK 12 renamed getObject. */
    private static boolean getsReferences(Class<?> unsafe) {
        try {
            unsafe.getMethod("getReference", Object.class, long.class);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private byte[] make(String getObject) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V1_8, access, NAME.replace('.', '/'), null, "java/lang/Object", null);
        method("offset", "(Ljava/lang/reflect/Field;)J", "objectFieldOffset");
        method("object", "(" + OBJECT + "J)" + OBJECT, getObject);
        method("flag", "(" + OBJECT + "J)Z", "getBoolean");
        method("octet", "(" + OBJECT + "J)B", "getByte");
        method("integer", "(" + OBJECT + "J)I", "getInt");
        method("number", "(" + OBJECT + "J)J", "getLong");
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** A static method that calls Unsafe's with its own arguments. */
    private void method(String name, String descriptor, String unsafeMethod) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        code.visitCode();
        // The compilers treat Unsafe's instance as a constant here as they do in a static final field.
        code.visitMethodInsn(Opcodes.INVOKESTATIC, unsafe, "getUnsafe", "()L" + unsafe + ";", false);
        int local = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
            local += argument.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, unsafe, unsafeMethod, descriptor, false);
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
