package dev.tlscope.agent.control;

import dev.tlscope.agent.config.OptionException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * Whether the JVM has room for the agent's classes, asked before they are loaded: a metaspace that is full makes the JVM collect all
 * garbage again and again, also for the application.
 */
final class Headroom {
    /** The agent takes 3.5 MB on JDK 8 and 3 MB on JDK 25 with all hooks; the application goes on loading classes too. */
    private static final long METASPACE = 5L << 20;

    private static final long CLASS_SPACE = 1L << 20;

    private static final Path COMMAND_LINE = Paths.get("/proc/self/cmdline");
    private static final String[] VARIABLES = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"};

    private Headroom() {}

    /** @throws OptionException in one line when there is too little */
    static void check() throws OptionException {
        // The beans need classes themselves, half a megabyte on JDK 8.
        if (!isLimited()) {
            return;
        }
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            check(pool, "Metaspace", METASPACE, "MaxMetaspaceSize");
            check(pool, "Compressed Class Space", CLASS_SPACE, "CompressedClassSpaceSize");
        }
    }

    private static void check(MemoryPoolMXBean pool, String name, long need, String option) throws OptionException {
        long most = pool.getUsage().getMax();
        long left = most - pool.getUsage().getCommitted();
        if (pool.getName().equals(name) && most > 0 && left < need) {
            throw new OptionException(
                    "this JVM has " + (left >> 10) + " kB of " + name + " left, and tlscope's classes need up to "
                            + (need >> 10)
                            + ": without them the JVM would do nothing but collect garbage; restart it with a larger"
                            + " -XX:" + option);
        }
    }

    /** Whether the JVM's options say so. */
    private static boolean isLimited() {
        for (String variable : VARIABLES) {
            if (isLimit(String.valueOf(System.getenv(variable)))) {
                return true;
            }
        }
        try {
            return isLimit(new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException e) {
            return true; // no Linux
        }
    }

    private static boolean isLimit(String options) {
        // An argument file may hold any option.
        return options.contains("MetaspaceSize=") || options.contains("ClassSpaceSize=") || options.contains("@");
    }
}
