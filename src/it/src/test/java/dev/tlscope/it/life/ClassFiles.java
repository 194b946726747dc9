package dev.tlscope.it.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Compares class files by methods and fields, each with its own constant pool, because the JVM returns a class's bytes
 * with another order of constants and methods than in its file.
 */
public final class ClassFiles {
    private ClassFiles() {}

    /** Names of the classes in both directories that differ in anything. */
    public static List<String> altered(Path before, Path now) {
        try (Stream<Path> files = Files.list(before)) {
            return files.filter(file -> Files.exists(now.resolve(file.getFileName())))
                    .filter(file -> !parts(file).equals(parts(now.resolve(file.getFileName()))))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, List<Byte>> parts(Path file) {
        Map<String, List<Byte>> parts = new TreeMap<>();
        try {
            new ClassReader(Files.readAllBytes(file)).accept(new Splitter(parts), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return parts;
    }

    private static final class Splitter extends ClassVisitor {
        private final Map<String, List<Byte>> parts;
        private int version;

        /** Everything in the class except its methods and fields. */
        private final ClassWriter frame;

        Splitter(Map<String, List<Byte>> parts) {
            super(Opcodes.ASM9, new ClassWriter(0));
            this.parts = parts;
            this.frame = (ClassWriter) cv;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            this.version = version;
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            ClassWriter alone = alone();
            return new FieldVisitor(Opcodes.ASM9, alone.visitField(access, name, descriptor, signature, value)) {
                @Override
                public void visitEnd() {
                    super.visitEnd();
                    parts.put(name + " " + descriptor, bytes(alone));
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            ClassWriter alone = alone();
            return new MethodVisitor(Opcodes.ASM9, alone.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitEnd() {
                    super.visitEnd();
                    parts.put(name + descriptor, bytes(alone));
                }
            };
        }

        @Override
        public void visitEnd() {
            super.visitEnd();
            parts.put("", bytes(frame));
        }

        private ClassWriter alone() {
            ClassWriter alone = new ClassWriter(0);
            alone.visit(version, 0, "alone", null, "java/lang/Object", null);
            return alone;
        }

        private static List<Byte> bytes(ClassWriter writer) {
            List<Byte> bytes = new ArrayList<>();
            for (byte b : writer.toByteArray()) {
                bytes.add(b);
            }
            return bytes;
        }
    }
}
