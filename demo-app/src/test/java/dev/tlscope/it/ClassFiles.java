package dev.tlscope.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Compares class files method by method, each with a constant pool of its own: the JVM gives a class's bytes back with
 * another order of constants and methods than it was given them in.
 */
final class ClassFiles {
    private ClassFiles() {}

    /** Names of the classes in both directories of which a method differs. */
    static List<String> altered(Path before, Path now) {
        try (Stream<Path> files = Files.list(before)) {
            return files.filter(file -> Files.exists(now.resolve(file.getFileName())))
                    .filter(file -> !methods(file).equals(methods(now.resolve(file.getFileName()))))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, List<Byte>> methods(Path file) {
        Map<String, List<Byte>> methods = new TreeMap<>();
        try {
            new ClassReader(Files.readAllBytes(file)).accept(new Splitter(methods), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return methods;
    }

    private static final class Splitter extends ClassVisitor {
        private final Map<String, List<Byte>> methods;
        private int version;

        Splitter(Map<String, List<Byte>> methods) {
            super(Opcodes.ASM9);
            this.methods = methods;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            this.version = version;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            ClassWriter alone = new ClassWriter(0);
            alone.visit(version, 0, "alone", null, "java/lang/Object", null);
            MethodVisitor writer = alone.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, writer) {
                @Override
                public void visitEnd() {
                    super.visitEnd();
                    List<Byte> bytes = new java.util.ArrayList<>();
                    for (byte b : alone.toByteArray()) {
                        bytes.add(b);
                    }
                    methods.put(name + descriptor, bytes);
                }
            };
        }
    }
}
