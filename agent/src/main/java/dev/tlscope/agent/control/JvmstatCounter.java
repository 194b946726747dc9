package dev.tlscope.agent.control;

import dev.tlscope.agent.reflect.JdkModules;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A counter in jvmstat's memory which shows that an agent is attached. {@code tlscope list} reads it without a signal
 * to the JVM, a socket or a file, and it is invisible to the application. A counter can be created only once per JVM,
 * so the Tap keeps its buffer over detach and attach.
 */
final class JvmstatCounter {
    /** Name of the counter. Its text is empty when no agent is attached. */
    static final String COUNTER = "dev.tlscope.agent";

    /** The package of the class that creates it, on JDK 9 and later. */
    static final String PACKAGE = "jdk.internal.perf";

    private static final int LENGTH = 1000;
    private static final int VARIABLE = 3; // jdk.internal.perf.Perf.Variability
    private static final int STRING = 5; // jdk.internal.perf.Perf.Units

    private final @Nullable ByteBuffer memory;

    private JvmstatCounter(@Nullable ByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * The counter of this JVM. It does nothing if the JVM has no counters (-XX:-UsePerfData, JVMs other than HotSpot).
     */
    static JvmstatCounter of(TapFields tap) {
        try {
            Object kept = tap.kept();
            if (!(kept instanceof ByteBuffer)) {
                kept = create();
                tap.keep(kept);
            }
            return new JvmstatCounter((ByteBuffer) kept);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return new JvmstatCounter(null);
        }
    }

    /** Shows both texts; the first alone when both are too long together, because half a path is worse than none. */
    void show(String text, String more) {
        if (memory != null) {
            byte[] both = (text + more).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Arrays.copyOf(both.length < LENGTH ? both : text.getBytes(StandardCharsets.UTF_8), LENGTH);
            bytes[LENGTH - 1] = 0;
            ByteBuffer target = memory.duplicate();
            ((Buffer) target).clear();
            target.put(bytes, 0, Math.min(LENGTH, target.capacity()));
        }
    }

    private static Object create() throws ReflectiveOperationException {
        Class<?> type = Class.forName(JdkModules.present() ? PACKAGE + ".Perf" : "sun.misc.Perf");
        Object perf = type.getMethod("getPerf").invoke(null);
        Method createString =
                type.getMethod("createString", String.class, int.class, int.class, String.class, int.class);
        return createString.invoke(perf, COUNTER, VARIABLE, STRING, "", LENGTH);
    }
}
