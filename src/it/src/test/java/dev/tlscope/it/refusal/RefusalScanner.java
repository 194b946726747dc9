package dev.tlscope.it.refusal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Finds every place in some class files that can refuse, and its texts. */
final class RefusalScanner {
    private static final String CONTEXT = "sun/security/ssl/TransportContext";
    private static final String ALERT = "sun/security/ssl/Alert";
    private static final String NOT_CONSTANT = "*";
    private static final String REVOKED = "java/security/cert/CertificateRevokedException";

    /** The text of java.security.cert.CertificateRevokedException.getMessage, whose constructor takes no text. */
    private static final String REVOKED_TEXT =
            "Certificate has been revoked, reason: {}, revocation date: {}, authority: {}, extension OIDs: {}";

    private final Map<String, String> constants = new HashMap<>();
    private final Map<RefusalPlace, Set<String>> places = new TreeMap<>();

    /** Each place in these classes, with what it raises: names of alerts, or simple names of exceptions. */
    static Map<RefusalPlace, Set<String>> scan(Collection<byte[]> classFiles) {
        RefusalScanner scanner = new RefusalScanner();
        List<ClassNode> classes = new ArrayList<>();
        for (byte[] bytes : classFiles) {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
            classes.add(type);
        }
        classes.forEach(scanner::readConstants);
        classes.forEach(scanner::readPlaces);
        return scanner.places;
    }

    /**
     * Reads texts in static fields that are not compile-time constants, such as ValidatorException.T_NO_TRUST_ANCHOR.
     */
    private void readConstants(ClassNode type) {
        for (MethodNode method : type.methods) {
            if (method.name.equals("<clinit>")) {
                for (AbstractInsnNode at : method.instructions) {
                    if (at.getOpcode() == Opcodes.PUTSTATIC
                            && at.getPrevious() instanceof LdcInsnNode before
                            && before.cst instanceof String text) {
                        constants.put(((FieldInsnNode) at).owner + "." + ((FieldInsnNode) at).name, text);
                    }
                }
            }
        }
    }

    private void readPlaces(ClassNode type) {
        for (MethodNode method : type.methods) {
            Frame<KnownTexts>[] frames;
            try {
                frames = new Analyzer<>(new TextInterpreter(constants)).analyze(type.name, method);
            } catch (AnalyzerException e) {
                throw new IllegalStateException(type.name + "." + method.name, e);
            }
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != null && method.instructions.get(i) instanceof MethodInsnNode call) {
                    readCall(type, method, call, frames[i]);
                }
            }
        }
    }

    private void readCall(ClassNode type, MethodNode method, MethodInsnNode call, Frame<KnownTexts> frame) {
        boolean fatal = call.owner.equals(CONTEXT) && call.name.equals("fatal");
        boolean made = call.owner.equals(ALERT) && call.name.equals("createSSLException");
        if (fatal || made) {
            KnownTexts text = argument(call, frame, "Ljava/lang/String;");
            KnownTexts alert = fatal ? argument(call, frame, "L" + ALERT + ";") : KnownTexts.unknown(1);
            add(type, method, text.texts().isEmpty() ? Set.of("") : text.texts(), alert.texts());
        } else if (call.name.equals("<init>") && isException(call.owner) && !isSuperCall(type, method, call)) {
            Set<String> raised = Set.of(call.owner.substring(call.owner.lastIndexOf('/') + 1));
            boolean reason = call.owner.endsWith("/ValidatorException") && call.desc.startsWith("(Ljava/lang/Object;");
            if (call.owner.equals(REVOKED)) {
                add(type, method, Set.of(REVOKED_TEXT), raised);
            } else if (reason || call.desc.contains("Ljava/lang/String;")) {
                KnownTexts text = argument(call, frame, reason ? "Ljava/lang/Object;" : "Ljava/lang/String;");
                add(type, method, text.texts().isEmpty() ? Set.of("") : text.texts(), raised);
            }
        }
    }

    private void add(ClassNode type, MethodNode method, Set<String> texts, Set<String> raised) {
        String name = method.name.startsWith("lambda$") ? "lambda" : method.name;
        Set<String> named = raised.stream()
                .map(each -> each.equals(KnownTexts.UNKNOWN) ? NOT_CONSTANT : each)
                .collect(Collectors.toSet());
        for (String text : texts) {
            places.computeIfAbsent(
                            new RefusalPlace(type.name.replace('/', '.'), name, text.strip()), key -> new TreeSet<>())
                    .addAll(named);
        }
    }

    /** The first argument of that type; no text if there is none. */
    private static KnownTexts argument(MethodInsnNode call, Frame<KnownTexts> frame, String descriptor) {
        Type[] types = Type.getArgumentTypes(call.desc);
        for (int i = 0; i < types.length; i++) {
            if (types[i].getDescriptor().equals(descriptor)) {
                return frame.getStack(frame.getStackSize() - types.length + i);
            }
        }
        return KnownTexts.none();
    }

    private static boolean isException(String owner) {
        return owner.endsWith("Exception") || owner.endsWith("Error");
    }

    /** True when the constructor of an exception passes its text to the superclass. */
    private static boolean isSuperCall(ClassNode type, MethodNode method, MethodInsnNode call) {
        return method.name.equals("<init>")
                && isException(type.name)
                && (call.owner.equals(type.superName) || call.owner.equals(type.name));
    }
}
