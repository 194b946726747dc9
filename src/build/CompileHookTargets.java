import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Compiles the lambdas of type HookTarget in a directory of class files: each becomes a case of one method, {@code
 * run}, of the class that declares it, and an IndexedTarget replaces it where the JVM would link it. A JVM creates a
 * class for each lambda that it links: the hundred lambdas of the hook table take 30 ms of a start on JDK 17 and 80 ms
 * on JDK 25 (decision 0011).
 *
 * <p>The agent's build runs it after the compiler: {@code java -cp asm.jar CompileHookTargets.java DIRECTORY}. Class
 * files without such a lambda, including those already compiled, stay unchanged.
 */
public final class CompileHookTargets {
    private static final String PACKAGE = "dev/tlscope/agent/weave/";
    private static final String TARGET = "L" + PACKAGE + "HookTarget;";
    private static final String TARGETS = PACKAGE + "IndexedTargets";
    private static final String OF = "(L" + TARGETS + ";I)" + TARGET;
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String VALUES = OBJECT + OBJECT + OBJECT + OBJECT + OBJECT;
    private static final String RUN = "(I" + VALUES + ")V";
    private static final String ACCEPT = "(" + VALUES + ")V";

    private final String owner;
    private final byte[] before;
    /** The methods that javac generated for the lambdas, each with its index. */
    private final Map<Handle, Integer> targets = new LinkedHashMap<>();

    private CompileHookTargets(byte[] classFile) {
        this.before = classFile;
        this.owner = new ClassReader(classFile).getClassName();
    }

    public static void main(String[] arguments) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            CompileHookTargets compiled = new CompileHookTargets(Files.readAllBytes(file));
            byte[] after = compiled.compile();
            if (!compiled.targets.isEmpty()) {
                Files.write(file, after);
            }
        }
    }

    private byte[] compile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(before).accept(new Rewriter(writer), 0);
        return writer.toByteArray();
    }

    private final class Rewriter extends ClassVisitor {
        Rewriter(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
            String[] all = Arrays.copyOf(interfaces, interfaces.length + 1);
            all[interfaces.length] = TARGETS;
            String typed = signature == null ? null : signature + "L" + TARGETS + ";";
            super.visit(version, access, name, typed, superName, all);
        }

        @Override
        public MethodVisitor visitMethod(
                int methodAccess, String method, String descriptor, String methodSignature, String[] exceptions) {
            boolean isStatic = (methodAccess & Opcodes.ACC_STATIC) != 0;
            return new MethodVisitor(
                    Opcodes.ASM9, super.visitMethod(methodAccess, method, descriptor, methodSignature, exceptions)) {
                @Override
                public void visitInvokeDynamicInsn(String name, String factory, Handle bootstrap, Object... arguments) {
                    if (!Type.getReturnType(factory).getDescriptor().equals(TARGET)) {
                        super.visitInvokeDynamicInsn(name, factory, bootstrap, arguments);
                        return;
                    }
                    Handle body = (Handle) arguments[1];
                    String captured = factory.substring(1, factory.indexOf(')'));
                    boolean ours = captured.isEmpty() || captured.equals("L" + owner + ";");
                    if (isStatic || !ours || !body.getOwner().equals(owner) || !body.getDesc().equals(ACCEPT)) {
                        throw new IllegalArgumentException("a HookTarget in " + owner + "." + method
                                + " captures more than the object that declares it (" + factory + ", " + body
                                + "): keep the rest in a field of that object");
                    }
                    if (captured.isEmpty()) {
                        super.visitVarInsn(Opcodes.ALOAD, 0);
                    }
                    super.visitLdcInsn(index(body));
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, PACKAGE + "IndexedTarget", "of", OF, false);
                }
            };
        }

        @Override
        public void visitEnd() {
            if (!targets.isEmpty()) {
                run(super.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL,
                        "run",
                        RUN,
                        null,
                        new String[] {"java/lang/ReflectiveOperationException"}));
            }
            super.visitEnd();
        }
    }

    private int index(Handle body) {
        return targets.computeIfAbsent(body, made -> targets.size());
    }

    private void run(MethodVisitor code) {
        Label[] cases = new Label[targets.size()];
        for (int i = 0; i < cases.length; i++) {
            cases[i] = new Label();
        }
        Label none = new Label();
        code.visitCode();
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitTableSwitchInsn(0, cases.length - 1, none, cases);
        targets.forEach((body, index) -> {
            code.visitLabel(cases[index]);
            code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            boolean isStatic = body.getTag() == Opcodes.H_INVOKESTATIC;
            if (!isStatic) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
            }
            for (int local = 2; local < 7; local++) {
                code.visitVarInsn(Opcodes.ALOAD, local);
            }
            int call = isStatic
                    ? Opcodes.INVOKESTATIC
                    : body.getTag() == Opcodes.H_INVOKESPECIAL ? Opcodes.INVOKESPECIAL : Opcodes.INVOKEVIRTUAL;
            code.visitMethodInsn(call, owner, body.getName(), body.getDesc(), false);
            code.visitInsn(Opcodes.RETURN);
        });
        code.visitLabel(none);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
