package dev.tlscope.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The types of the fields that loaded classes declare, from their class files: reflection would load the classes of all fields.
 * It changes no class.
 */
public final class FieldTypes implements ClassFileTransformer {
    private final List<Class<?>> types;
    private final Set<String> descriptors = new HashSet<>();
    private final Set<Class<?>> read = new HashSet<>();

    private FieldTypes(List<Class<?>> types) {
        this.types = types;
    }

    /**
     * Descriptors of the fields that are not static; null when the JVM does not show one of the classes.
     *
     * @throws java.lang.instrument.UnmodifiableClassException if one cannot be retransformed
     */
    public static @Nullable Set<String> of(Instrumentation instrumentation, List<Class<?>> types)
            throws java.lang.instrument.UnmodifiableClassException {
        FieldTypes reading = new FieldTypes(types);
        instrumentation.addTransformer(reading, true);
        try {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
        } finally {
            instrumentation.removeTransformer(reading);
        }
        return reading.read.containsAll(types) ? reading.descriptors : null;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (redefined != null && types.contains(redefined)) {
            new ClassReader(bytes)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public @Nullable FieldVisitor visitField(
                                        int access,
                                        String name,
                                        String descriptor,
                                        @Nullable String signature,
                                        @Nullable Object value) {
                                    if ((access & Opcodes.ACC_STATIC) == 0) {
                                        descriptors.add(descriptor);
                                    }
                                    return null;
                                }
                            },
                            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            read.add(redefined);
        }
        return null;
    }
}
