package dev.tlscope.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's entry into the agent, in the system class loader. It opens the private loader and passes the command on,
 * and does nothing else: the first jar that is attached decides this class for the life of the JVM, so a newer jar has
 * to work with an older copy of it. It refers to no type of tlscope, and throws nothing: an exception would abort the
 * JVM.
 */
public final class AgentMain {
    private static final String CONTROLLER = "dev.tlscope.agent.control.Controller";

    /** The attached agent's controller, a class of the private loader; null when no agent is attached. */
    private static @Nullable BiFunction<String, Instrumentation, Boolean> attached;

    private static @Nullable InstLoader loader;

    private AgentMain() {}

    /** The JVM calls this before main, with the text after {@code -javaagent:tlscope.jar=}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        enter("command=premain" + (arguments == null || arguments.isEmpty() ? "" : "," + arguments), instrumentation);
    }

    /** The JVM calls this on a dynamic attach, with the attach client's command. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        enter(arguments == null ? "" : arguments, instrumentation);
    }

    @SuppressWarnings("removal") // AccessController: until JDK 17 a SecurityManager may be installed
    private static synchronized void enter(String arguments, Instrumentation instrumentation) {
        try {
            // No lambda: a JVM's first one costs more than the rest of a start that waits for TLS.
            AccessController.doPrivileged(new PrivilegedAction<Boolean>() {
                @Override
                public Boolean run() {
                    pass(arguments, instrumentation);
                    return true;
                }
            });
        } catch (Throwable t) {
            System.err.println("tlscope: not attached: " + t);
        }
    }

    @SuppressWarnings("unchecked")
    private static void pass(String arguments, Instrumentation instrumentation) {
        try {
            BiFunction<String, Instrumentation, Boolean> controller = attached;
            if (controller == null) {
                InstLoader opened = new InstLoader(
                        jarPath(arguments), ClassLoader.getSystemClassLoader().getParent());
                loader = opened;
                controller = (BiFunction<String, Instrumentation, Boolean>)
                        opened.loadClass(CONTROLLER).getDeclaredConstructor().newInstance();
            }
            attached = controller;
            if (!controller.apply(arguments, instrumentation)) {
                attached = null;
                InstLoader closing = loader;
                loader = null;
                if (closing != null) {
                    closing.close();
                }
            }
        } catch (SecurityException e) {
            System.err.println("tlscope: not attached: " + e
                    + "; the JVM's security policy has to grant tlscope.jar java.security.AllPermission");
        } catch (Throwable t) {
            System.err.println("tlscope: not attached: " + t);
        }
    }

    /** The jar that the attach client names, which may be newer than this class's own; otherwise this class's own. */
    private static String jarPath(String arguments) {
        // Split at commas that no backslash escapes, as agent.config.Options does. Only a client names a jar.
        for (String pair :
                arguments.startsWith("command=premain") ? new String[0] : arguments.split("(?<!\\\\),", -1)) {
            if (pair.startsWith("jar=")) {
                return pair.substring(4).replaceAll("\\\\(.)", "$1");
            }
        }
        try {
            return new File(AgentMain.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getPath();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("cannot find tlscope.jar", e);
        }
    }
}
