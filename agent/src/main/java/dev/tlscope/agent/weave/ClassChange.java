package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Adds the calls of hooks to one class file. */
final class ClassChange {
    private final String tap;
    private final String ioTap = IoTap.NAME.replace('.', '/');
    private final int base;
    private final WeaveReport report;

    /** @param tap name with slashes of the class whose {@code tap} is called */
    ClassChange(String tap, int base, WeaveReport report) {
        this.tap = tap;
        this.base = base;
        this.report = report;
    }

    /** The class file with the calls of those of the hooks that fit one of its methods. */
    byte[] of(byte[] bytes, List<Hook> hooks) {
        ClassReader reader = new ClassReader(bytes);
        Map<String, Integer> maxLocals = MaxLocals.of(reader);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        report.begin(hooks);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        List<Hook> here = new ArrayList<>();
                        for (Hook hook : hooks) {
                            if (hook.fits(name, descriptor)) {
                                here.add(hook);
                            }
                        }
                        Integer locals = maxLocals.get(name + descriptor);
                        return here.isEmpty() || locals == null
                                ? next
                                : new HookMethodVisitor(
                                        next,
                                        tap,
                                        ioTap,
                                        base,
                                        reader.getClassName(),
                                        here,
                                        access,
                                        descriptor,
                                        locals,
                                        report);
                    }
                },
                0);
        return writer.toByteArray();
    }
}
