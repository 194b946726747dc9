package dev.tlscope.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * One place that a hook of the table can have: a method with one descriptor. Those with one id are alternatives.
 *
 * @param hook its row
 * @param descriptor one of the row's
 */
record HookShape(Hook hook, String descriptor) {
    /** How much of the place a JDK has. */
    enum Fit {
        NO_CLASS("no class"),
        NO_METHOD("no method"),
        OTHER_DESCRIPTOR("other descriptor"),
        NO_CALL("no call"),
        FITS("");

        /** Why the place is missing; empty if it is not. */
        final String reason;

        Fit(String reason) {
            this.reason = reason;
        }
    }

    /** All places of a table's hooks, by id in the table's order. */
    static Map<String, List<HookShape>> byId(List<Hook> table) {
        Map<String, List<HookShape>> shapes = new LinkedHashMap<>();
        for (Hook hook : table) {
            for (String descriptor : hook.descriptors) {
                shapes.computeIfAbsent(hook.id, id -> new ArrayList<>()).add(new HookShape(hook, descriptor));
            }
        }
        return shapes;
    }

    /** {@code SSLCipher.encrypt(SSLWriteCipher, byte, int)}, packages left out. */
    String place() {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        List<String> names = new ArrayList<>();
        for (Type argument : arguments) {
            names.add(simple(argument.getClassName()));
        }
        String method = hook.method.equals("<init>") ? "" : "." + hook.method;
        return simple(hook.className.replace('/', '.')) + method + "(" + String.join(", ", names) + ")";
    }

    /** The location in the method. */
    String where() {
        return switch (hook.where) {
            case ENTER -> "at its beginning";
            case EXIT -> "at its end";
            case BEFORE_CALL -> "before it calls `" + hook.call + "`";
            case AFTER_CALL -> "after it calls `" + hook.call + "`";
            case THROW -> "where it throws";
        };
    }

    /** How much of the place a class file has, if JDK's lookup found one. */
    Fit fit(Optional<byte[]> classFile) {
        if (classFile.isEmpty()) {
            return Fit.NO_CLASS;
        }
        Map<String, Set<String>> calls = calls(classFile.get());
        Set<String> here = calls.get(hook.method + descriptor);
        if (here != null) {
            return hook.call.isEmpty() || here.contains(hook.call) ? Fit.FITS : Fit.NO_CALL;
        }
        boolean named = calls.keySet().stream().anyMatch(method -> method.startsWith(hook.method + "("));
        return named ? Fit.OTHER_DESCRIPTOR : Fit.NO_METHOD;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    /** Names of the methods that each method with code calls. */
    private static Map<String, Set<String>> calls(byte[] classFile) {
        Map<String, Set<String>> calls = new HashMap<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                                    return super.visitMethod(access, name, descriptor, signature, exceptions);
                                }
                                Set<String> here = calls.computeIfAbsent(name + descriptor, any -> new HashSet<>());
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String called, String type, boolean isInterface) {
                                        here.add(called);
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return calls;
    }
}
