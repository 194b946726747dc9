package dev.tlscope.cli;

/** How the user runs tlscope, for the next step that a message names. */
final class Invocation {
    /** The launcher of the archive and the package sets it. */
    private static final String LAUNCHER = "tlscope.launcher";

    private Invocation() {}

    /** The command line with these arguments. */
    static String of(String arguments) {
        return (System.getProperty(LAUNCHER) == null ? "java -jar tlscope.jar " : "tlscope ") + arguments;
    }
}
