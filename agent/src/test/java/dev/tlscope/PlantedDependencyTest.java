package dev.tlscope;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * {@link ArchitectureTest} reports a class in the wrong place: each of these dependencies is generated, once as the type of a
 * field and once in the code of a method, and is reported.
 */
class PlantedDependencyTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "dev.tlscope.agent.stack.jsse, dev.tlscope.agent.sink.Spool",
        "dev.tlscope.agent.stack.jsse, java.net.Socket",
        "dev.tlscope.agent.stack.jsse, java.io.FileOutputStream",
        "dev.tlscope.agent.stack.jsse, java.nio.file.Files",
        "dev.tlscope.agent.config, dev.tlscope.agent.stack.jsse.JsseStack",
        "dev.tlscope.agent.key, dev.tlscope.agent.stack.jsse.JsseStack",
        "dev.tlscope.cli, dev.tlscope.agent.stack.jsse.JsseStack",
        "dev.tlscope.tls, dev.tlscope.capture.Event",
        "dev.tlscope.capture, picocli.CommandLine",
        "dev.tlscope.analyzer.model, dev.tlscope.analyzer.cli.OfflineCommands",
        "dev.tlscope.analyzer.schedule, dev.tlscope.analyzer.render.TextReport",
        "dev.tlscope.agent.record, java.io.File",
        "dev.tlscope.agent.sink, picocli.CommandLine",
    })
    void isReported(String where, String target) throws Exception {
        assertThat(Class.forName(target, false, getClass().getClassLoader())).isNotNull();

        List<String> found = ArchitectureTest.violations(plant(where, target));

        assertThat(found)
                .hasSize(2)
                .allMatch(line -> line.startsWith(where + " -> " + target + ": "))
                .anyMatch(line -> line.contains(where + ".Planted.field"))
                .anyMatch(line -> line.contains(where + ".Planted.method("));
    }

    @Test
    void anAllowedOneIsNot() throws Exception {
        assertThat(ArchitectureTest.violations(plant("dev.tlscope.agent.sink", "java.io.File")))
                .isEmpty();
        assertThat(ArchitectureTest.violations(plant("dev.tlscope.agent.sink", "dev.tlscope.capture.Event")))
                .isEmpty();
    }

    private JavaClasses plant(String where, String target) throws IOException {
        String type = target.replace('.', '/');
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V1_8,
                Opcodes.ACC_PUBLIC,
                (where + ".Planted").replace('.', '/'),
                null,
                "java/lang/Object",
                null);
        writer.visitField(Opcodes.ACC_STATIC, "field", "L" + type + ";", null, null)
                .visitEnd();
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "method", "()V", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, type);
        method.visitInsn(Opcodes.DUP);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        Path file = directory.resolve("Planted.class");
        Files.write(file, writer.toByteArray());
        return new ClassFileImporter().importPath(file);
    }
}
