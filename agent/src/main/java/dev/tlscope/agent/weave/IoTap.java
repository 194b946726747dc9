package dev.tlscope.agent.weave;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Generates the class that woven I/O code calls. The class lives in java.base like the Tap, and has no source because
 * it needs the JDK's internal Unsafe: the bytes of socket I/O are outside the heap. Its methods inspect one byte, and
 * return unless that begins a TLS handshake record or the stream has ended: no allocation, no lock, no other class.
 *
 * <pre>
 * bytes(hook, fd, address, result):          result &gt;= 44 and the byte at address is 22, or result is -1: end of stream
 * vector(hook, fd, address, count, result):  the same for the first of the iovecs at address
 * array(hook, stream, array, offset, count): the same for an array
 *     -> Tap.tap(hook, ...all of these, boxed)
 * at(address), word(address), wordSize():    for the handler, which reads the rest
 * </pre>
 */
public final class IoTap {
    /**
     * The class's name. It changes with the class's shape, as the Tap's does, because an earlier agent's class may
     * still be loaded.
     */
    public static final String NAME = "sun.security.ssl.TlscopeIo2";

    private static final String BYTES = "(ILjava/io/FileDescriptor;JI)V";
    private static final String VECTOR = "(ILjava/io/FileDescriptor;JIJ)V";
    private static final String ARRAY = "(ILjava/lang/Object;[BII)V";

    /** Name and descriptor of the methods that woven code may call. */
    static final List<String> METHODS = Collections.unmodifiableList(
            Arrays.asList("bytes" + BYTES, "vector" + VECTOR, "whole" + BYTES, "array" + ARRAY));

    /** Record header, handshake header, version, random (RFC 8446, 4.1.2), and the length of the session identifier. */
    private static final int LEAST = 5 + 4 + 2 + 32 + 1;

    /** sun.nio.ch.IOStatus.EOF, java.io.InputStream.read. */
    private static final int END_OF_STREAM = -1;

    private static final int HANDSHAKE = 22;
    private static final String LONG = "java/lang/Long";

    private final String name;
    private final String tap;
    private final String unsafe;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private IoTap(String tap, boolean modules) {
        this.name = NAME.replace('.', '/');
        this.tap = tap;
        this.unsafe = modules ? "jdk/internal/misc/Unsafe" : "sun/misc/Unsafe";
    }

    /**
     * The class file.
     *
     * @param tap internal name of the Tap
     * @param modules whether the JDK is 9 or later
     */
    public static byte[] classFile(String tap, boolean modules) {
        return new IoTap(tap, modules).make();
    }

    private byte[] make() {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V1_8, access, name, null, "java/lang/Object", null);
        writer.visitField(
                        Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
                        "U",
                        "L" + unsafe + ";",
                        null,
                        null)
                .visitEnd();
        initialiser();
        bytes();
        vector();
        whole();
        array();
        memory("at", "(J)B", "getByte", Opcodes.IRETURN);
        memory("word", "(J)J", "getAddress", Opcodes.LRETURN);
        MethodVisitor size = begin("wordSize", "()I");
        call(size, "addressSize", "()I");
        end(size, Opcodes.IRETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void initialiser() {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        code.visitMethodInsn(Opcodes.INVOKESTATIC, unsafe, "getUnsafe", "()L" + unsafe + ";", false);
        code.visitFieldInsn(Opcodes.PUTSTATIC, name, "U", "L" + unsafe + ";");
        end(code, Opcodes.RETURN);
    }

    private void bytes() {
        MethodVisitor code = begin("bytes", BYTES);
        Label done = new Label();
        Label ended = new Label();
        isLongEnough(code, ended, done);
        unsafe(code);
        code.visitVarInsn(Opcodes.LLOAD, 2);
        isHandshake(code, done);
        mark(code, ended);
        dispatched(code);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ACONST_NULL);
        tap(code, done);
    }

    private void vector() {
        MethodVisitor code = begin("vector", VECTOR);
        Label done = new Label();
        Label ended = new Label();
        Label enough = new Label();
        compare(code, LEAST, Opcodes.IFGE, enough);
        compare(code, END_OF_STREAM, Opcodes.IFNE, done);
        code.visitJumpInsn(Opcodes.GOTO, ended);
        mark(code, enough);
        firstBuffer(code, done);
        mark(code, ended);
        dispatched(code);
        boxed(code, 5);
        code.visitInsn(Opcodes.ACONST_NULL);
        tap(code, done);
    }

    /** Passes all of the buffers' bytes before they are written. */
    private void whole() {
        MethodVisitor code = begin("whole", BYTES);
        Label done = new Label();
        code.visitVarInsn(Opcodes.ILOAD, 4);
        code.visitJumpInsn(Opcodes.IFLE, done);
        firstBuffer(code, done);
        dispatched(code);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ACONST_NULL);
        tap(code, done);
    }

    /**
     * Continues if the first of the buffers in local 2 begins with a handshake record. An empty buffer may have any
     * address.
     */
    private void firstBuffer(MethodVisitor code, Label otherwise) {
        unsafe(code);
        code.visitVarInsn(Opcodes.LLOAD, 2);
        call(code, "addressSize", "()I");
        code.visitInsn(Opcodes.I2L);
        code.visitInsn(Opcodes.LADD);
        invoke(code, "getAddress", "(J)J");
        code.visitInsn(Opcodes.LCONST_0);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(Opcodes.IFLE, otherwise);
        unsafe(code);
        unsafe(code);
        code.visitVarInsn(Opcodes.LLOAD, 2);
        invoke(code, "getAddress", "(J)J");
        isHandshake(code, otherwise);
    }

    private void array() {
        MethodVisitor code = begin("array", ARRAY);
        Label done = new Label();
        Label ended = new Label();
        isLongEnough(code, ended, done);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitVarInsn(Opcodes.ILOAD, 3);
        code.visitInsn(Opcodes.BALOAD);
        code.visitIntInsn(Opcodes.BIPUSH, HANDSHAKE);
        code.visitJumpInsn(Opcodes.IF_ICMPNE, done);
        mark(code, ended);
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ALOAD, 2);
        code.visitVarInsn(Opcodes.ILOAD, 3);
        integer(code);
        code.visitVarInsn(Opcodes.ILOAD, 4);
        integer(code);
        code.visitInsn(Opcodes.ACONST_NULL);
        tap(code, done);
    }

    private void memory(String method, String descriptor, String unsafeMethod, int returning) {
        MethodVisitor code = begin(method, descriptor);
        unsafe(code);
        code.visitVarInsn(Opcodes.LLOAD, 0);
        invoke(code, unsafeMethod, descriptor);
        end(code, returning);
    }

    private MethodVisitor begin(String method, String descriptor) {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code, int returning) {
        code.visitInsn(returning);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Continues if the int in local 4 is at least the length of a hello. */
    private static void isLongEnough(MethodVisitor code, Label ended, Label otherwise) {
        Label enough = new Label();
        code.visitVarInsn(Opcodes.ILOAD, 4);
        code.visitIntInsn(Opcodes.BIPUSH, LEAST);
        code.visitJumpInsn(Opcodes.IF_ICMPGE, enough);
        code.visitVarInsn(Opcodes.ILOAD, 4);
        code.visitIntInsn(Opcodes.BIPUSH, END_OF_STREAM);
        code.visitJumpInsn(Opcodes.IF_ICMPEQ, ended);
        code.visitJumpInsn(Opcodes.GOTO, otherwise);
        mark(code, enough);
    }

    /** Compares the long in local 5. */
    private static void compare(MethodVisitor code, long with, int jump, Label target) {
        code.visitVarInsn(Opcodes.LLOAD, 5);
        code.visitLdcInsn(with);
        code.visitInsn(Opcodes.LCMP);
        code.visitJumpInsn(jump, target);
    }

    /** A branch target, where the locals are the arguments and the stack is empty. */
    private static void mark(MethodVisitor code, Label label) {
        code.visitLabel(label);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }

    private void isHandshake(MethodVisitor code, Label otherwise) {
        invoke(code, "getByte", "(J)B");
        code.visitIntInsn(Opcodes.BIPUSH, HANDSHAKE);
        code.visitJumpInsn(Opcodes.IF_ICMPNE, otherwise);
    }

    private void tap(MethodVisitor code, Label done) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, tap, "tap", HookMethodVisitor.TAP, false);
        mark(code, done);
        end(code, Opcodes.RETURN);
    }

    /**
     * Loads the hook, the descriptor, and the address and count in locals 2 and 4: the parameters that SocketDispatcher's
     * methods have in common.
     */
    private static void dispatched(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ILOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        boxed(code, 2);
        code.visitVarInsn(Opcodes.ILOAD, 4);
        integer(code);
    }

    private static void boxed(MethodVisitor code, int local) {
        code.visitVarInsn(Opcodes.LLOAD, local);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, LONG, "valueOf", "(J)Ljava/lang/Long;", false);
    }

    private static void integer(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
    }

    private void call(MethodVisitor code, String method, String descriptor) {
        unsafe(code);
        invoke(code, method, descriptor);
    }

    private void unsafe(MethodVisitor code) {
        code.visitFieldInsn(Opcodes.GETSTATIC, name, "U", "L" + unsafe + ";");
    }

    private void invoke(MethodVisitor code, String method, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, unsafe, method, descriptor, false);
    }
}
