package dev.tlscope.agent;

import java.io.File;
import java.io.PrintStream;

/** {@code java -jar tlscope.jar}: opens the private loader and runs the command line in it. */
public final class Main {
    private Main() {}

    /** Ends the JVM with the command's exit code. */
    public static void main(String[] args) throws Exception {
        String jar = new File(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getAbsolutePath();
        System.setProperty("tlscope.jar.self", jar);
        InstLoader loader = InstLoader.withTools(jar, ClassLoader.getSystemClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        Object exitCode = loader.loadClass("dev.tlscope.cli.Cli")
                .getMethod("run", String[].class, PrintStream.class)
                .invoke(null, args, System.err);
        System.err.flush();
        System.exit((Integer) exitCode);
    }
}
