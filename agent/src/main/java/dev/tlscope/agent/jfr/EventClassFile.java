package dev.tlscope.agent.jfr;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the class of a JFR event, a subclass of jdk.jfr.Event: Java 8, in whose language this is written, need not have that, and a
 * class that names it could not be loaded everywhere. It is a Consumer of its values, which it sets and commits:
 *
 * <pre>
 * &#64;Name("tlscope.Handshake") ... final class Handshake extends jdk.jfr.Event implements Consumer {
 *     &#64;Label("Tls Cipher") public String tlsCipher; ...
 *     public void accept(Object values) { tlsCipher = (String) ((Object[]) values)[0]; ...; commit(); }
 * }
 * </pre>
 */
final class EventClassFile {
    private static final String EVENT = "jdk/jfr/Event";
    private static final String CONSUMER = "java/util/function/Consumer";

    private EventClassFile() {}

    /** @param className dotted */
    static byte[] of(String className, EventShape shape) {
        String name = className.replace('.', '/');
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V1_8,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                name,
                null,
                EVENT,
                new String[] {CONSUMER});
        annotate(writer, shape);
        for (EventShape.FieldShape field : shape.fields) {
            annotate(writer.visitField(Opcodes.ACC_PUBLIC, field.name, field.descriptor(), null, null), field);
        }
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, EVENT, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        accept(writer, name, shape);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void accept(ClassWriter writer, String name, EventShape shape) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "accept", "(Ljava/lang/Object;)V", null, null);
        method.visitCode();
        for (int i = 0; i < shape.fields.size(); i++) {
            EventShape.FieldShape field = shape.fields.get(i);
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitVarInsn(Opcodes.ALOAD, 1);
            method.visitTypeInsn(Opcodes.CHECKCAST, "[Ljava/lang/Object;");
            method.visitIntInsn(Opcodes.BIPUSH, i);
            method.visitInsn(Opcodes.AALOAD);
            switch (field.type) {
                case 'J':
                    method.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Long");
                    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Long", "longValue", "()J", false);
                    break;
                case 'Z':
                    method.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Boolean");
                    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Boolean", "booleanValue", "()Z", false);
                    break;
                default:
                    method.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/String");
                    break;
            }
            method.visitFieldInsn(Opcodes.PUTFIELD, name, field.name, field.descriptor());
        }
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "commit", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void annotate(ClassWriter writer, EventShape shape) {
        value(writer.visitAnnotation("Ljdk/jfr/Name;", true), shape.name);
        value(writer.visitAnnotation("Ljdk/jfr/Label;", true), shape.label);
        value(writer.visitAnnotation("Ljdk/jfr/Description;", true), shape.description);
        AnnotationVisitor category = writer.visitAnnotation("Ljdk/jfr/Category;", true);
        AnnotationVisitor names = category.visitArray("value");
        names.visit(null, "tlscope");
        names.visitEnd();
        category.visitEnd();
        AnnotationVisitor stack = writer.visitAnnotation("Ljdk/jfr/StackTrace;", true);
        stack.visit("value", false); // it would be that of our own thread
        stack.visitEnd();
    }

    private static void annotate(FieldVisitor visitor, EventShape.FieldShape field) {
        value(visitor.visitAnnotation("Ljdk/jfr/Label;", true), field.label);
        value(visitor.visitAnnotation("Ljdk/jfr/Description;", true), field.description);
        if (field.annotation != null && field.value != null) {
            value(visitor.visitAnnotation("Ljdk/jfr/" + field.annotation + ";", true), field.value);
        }
        visitor.visitEnd();
    }

    private static void value(AnnotationVisitor annotation, String value) {
        annotation.visit("value", value);
        annotation.visitEnd();
    }
}
