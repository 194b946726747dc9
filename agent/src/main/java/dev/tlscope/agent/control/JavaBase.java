package dev.tlscope.agent.control;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.reflect.JdkModules;
import dev.tlscope.agent.weave.FieldTap;
import dev.tlscope.agent.weave.IoTap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Access to java.base: opens the packages that the agent reads to the private loader only, and defines the Tap in
 * java.base. It uses reflection, because Java 8, the language level of the agent, has no modules.
 */
final class JavaBase {
    private static final String HANDLER = "sun.security.ssl.TlscopeHandler1";

    /** A class of the Tap's package, which every user of TLS needs. */
    private static final String NEIGHBOUR = "sun.security.ssl.SSLTransport";

    static final String TAP = "sun.security.ssl.TlscopeTap3";

    /** What code in the classes of applications calls. */
    static final String FOREIGN_TAP = "javax.net.ssl.TlscopeTap4";

    private JavaBase() {}

    /** Opens the packages to our unnamed module on JDK 9 and later. JDK 8 needs nothing. */
    static void open(Instrumentation instrumentation, Set<String> packages) throws ReflectiveOperationException {
        if (!JdkModules.present()) {
            return;
        }
        Class<?> moduleType = Class.forName("java.lang.Module");
        Method getModule = Class.class.getMethod("getModule");
        Object javaBase = getModule.invoke(Object.class);
        Object ours = getModule.invoke(JavaBase.class);
        Map<String, Set<Object>> opens = new HashMap<>();
        for (String name : packages) {
            opens.put(name, Collections.singleton(ours));
        }
        Instrumentation.class
                .getMethod("redefineModule", moduleType, Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        javaBase,
                        Collections.emptySet(),
                        Collections.emptyMap(),
                        opens,
                        Collections.emptySet(),
                        Collections.emptyMap());
    }

    /** The Tap, defined now with what it calls unless an earlier attach did. */
    static Class<?> tap() throws ReflectiveOperationException, IOException {
        Class<?> defined = find(TAP);
        if (defined != null) {
            return defined;
        }
        if (find(HANDLER) == null) {
            define(HANDLER, read("/" + HANDLER.replace('.', '/')), NEIGHBOUR);
        }
        return define(TAP, read("/" + TAP.replace('.', '/')), NEIGHBOUR);
    }

    /** Defines the class that reads fields, unless an earlier attach did. */
    static void fields() throws ReflectiveOperationException {
        if (find(FieldTap.NAME) == null) {
            Class<?> unsafe =
                    Class.forName(JdkModules.present() ? "jdk.internal.misc.Unsafe" : "sun.misc.Unsafe", false, null);
            define(FieldTap.NAME, FieldTap.classFile(unsafe), NEIGHBOUR);
        }
        JdkField.readDirectly();
    }

    /** The Tap for the classes of applications, defined now unless an earlier attach did. */
    static Class<?> foreignTap() throws ReflectiveOperationException, IOException {
        Class<?> defined = find(FOREIGN_TAP);
        return defined != null
                ? defined
                : define(FOREIGN_TAP, read("/" + FOREIGN_TAP.replace('.', '/')), "javax.net.ssl.SSLEngine");
    }

    /** Defines the class that woven I/O code calls, unless an earlier attach did. */
    static void ioTap() throws ReflectiveOperationException {
        if (find(IoTap.NAME) == null) {
            define(IoTap.NAME, IoTap.classFile(TAP.replace('.', '/'), JdkModules.present()), NEIGHBOUR);
        }
    }

    /** @param besides a class of the same package, which every user of TLS needs; it is not initialized */
    private static Class<?> define(String name, byte[] bytes, String besides) throws ReflectiveOperationException {
        return JdkModules.present() ? defineByLookup(bytes, besides) : defineByUnsafe(name, bytes);
    }

    private static Class<?> defineByLookup(byte[] bytes, String besides) throws ReflectiveOperationException {
        Class<?> neighbour = Class.forName(besides, false, null);
        Object lookup = MethodHandles.class
                .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .invoke(null, neighbour, MethodHandles.lookup());
        return (Class<?>) MethodHandles.Lookup.class
                .getMethod("defineClass", byte[].class)
                .invoke(lookup, bytes);
    }

    private static Class<?> defineByUnsafe(String name, byte[] bytes) throws ReflectiveOperationException {
        Class<?> unsafeType = Class.forName("sun.misc.Unsafe");
        Field instance = unsafeType.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return (Class<?>) unsafeType
                .getMethod(
                        "defineClass",
                        String.class,
                        byte[].class,
                        int.class,
                        int.class,
                        ClassLoader.class,
                        ProtectionDomain.class)
                .invoke(instance.get(null), name.replace('.', '/'), bytes, 0, bytes.length, null, null);
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, true, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static byte[] read(String classFile) throws IOException {
        ClassLoader loader = JavaBase.class.getClassLoader();
        try (InputStream in =
                loader == null ? null : loader.getResourceAsStream(classFile.substring(1) + ".classdata")) {
            if (in == null) {
                throw new IOException("tlscope.jar has no " + classFile);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] chunk = new byte[4096];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                bytes.write(chunk, 0, n);
            }
            return bytes.toByteArray();
        }
    }
}
