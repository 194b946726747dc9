package dev.tlscope.agent.reflect;

/** Whether this JDK has modules. */
public final class JdkModules {
    private JdkModules() {}

    /** True on JDK 9 and later. */
    public static boolean present() {
        return !System.getProperty("java.specification.version", "").startsWith("1.");
    }
}
