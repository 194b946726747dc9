package dev.tlscope.cli;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds JVMs through jvmstat, which reads their memory files: a signal to a JVM that refuses attach would make it print
 * a thread dump. It uses reflection, because the classes are in tools.jar on JDK 8 and in a module after it; the jar's
 * manifest exports the module's package to us.
 */
final class Jvms {
    /** The counter is created at the first use of TLS; before that, the JVM's own options show the agent. */
    private static final Pattern AGENT_OPTION = Pattern.compile("-javaagent:[^ ]*tlscope[^/ ]*\\.jar");

    private final Class<?> hostType;
    private final Class<?> identifierType;
    private final Class<?> vmType;
    private final Class<?> utilType;
    private final Object host;

    Jvms() {
        try {
            ClassLoader loader = loader();
            hostType = Class.forName("sun.jvmstat.monitor.MonitoredHost", true, loader);
            identifierType = Class.forName("sun.jvmstat.monitor.VmIdentifier", true, loader);
            vmType = Class.forName("sun.jvmstat.monitor.MonitoredVm", true, loader);
            utilType = Class.forName("sun.jvmstat.monitor.MonitoredVmUtil", true, loader);
            host = hostType.getMethod("getMonitoredHost", String.class).invoke(null, "localhost");
        } catch (ReflectiveOperationException | LinkageError | MalformedURLException e) {
            throw new CommandFailed("this Java has no jvmstat (" + e + "); run tlscope with a JDK, not a JRE");
        }
    }

    /** The JVMs of this user, except this one, by PID. */
    List<Jvm> all() {
        List<Jvm> found = new ArrayList<>();
        try {
            for (Object pid : (Set<?>) hostType.getMethod("activeVms").invoke(host)) {
                Jvm jvm = read((Integer) pid);
                if (jvm != null && jvm.pid != ownPid()) {
                    found.add(jvm);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new CommandFailed("the JVMs cannot be listed: " + rootOf(e) + "; name a PID instead");
        }
        found.sort(Comparator.comparingInt(jvm -> jvm.pid));
        return found;
    }

    /** The JVM with that PID as far as jvmstat shows it, or null. */
    @Nullable
    Jvm read(int pid) {
        try {
            Object identifier = identifierType.getConstructor(String.class).newInstance("//" + pid);
            Object vm = hostType.getMethod("getMonitoredVm", identifierType).invoke(host, identifier);
            try {
                String main = (String)
                        utilType.getMethod("mainClass", vmType, boolean.class).invoke(null, vm, true);
                String version = counter(vm, "java.property.java.version");
                String capabilities = counter(vm, "sun.rt.jvmCapabilities");
                String agent = counter(vm, "dev.tlscope.agent");
                String arguments = counter(vm, "java.rt.vmArgs");
                if (agent == null
                        && arguments != null
                        && AGENT_OPTION.matcher(arguments).find()) {
                    agent = "-javaagent, waiting for the first use of TLS";
                }
                return new Jvm(
                        pid,
                        main == null ? "?" : main,
                        version == null ? "?" : version,
                        // the first flag tells whether the VM accepts attach (jvmstat's own MonitoredVmUtil)
                        capabilities == null || capabilities.isEmpty() || capabilities.charAt(0) == '1',
                        agent == null || agent.isEmpty() ? null : agent);
            } finally {
                vmType.getMethod("detach").invoke(vm);
            }
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private @Nullable String counter(Object vm, String name) throws ReflectiveOperationException {
        Object monitor = vmType.getMethod("findByName", String.class).invoke(vm, name);
        if (monitor == null) {
            return null;
        }
        Method value = Class.forName("sun.jvmstat.monitor.Monitor", true, vmType.getClassLoader())
                .getMethod("getValue");
        Object read = value.invoke(monitor);
        return read == null ? null : read.toString().trim();
    }

    static String rootOf(ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return String.valueOf(cause);
    }

    private static int ownPid() {
        String name = java.lang.management.ManagementFactory.getRuntimeMXBean().getName();
        return Integer.parseInt(name.substring(0, name.indexOf('@')));
    }

    private static @Nullable ClassLoader loader() throws MalformedURLException {
        File tools = new File(System.getProperty("java.home"), "../lib/tools.jar");
        return tools.exists()
                ? new URLClassLoader(new URL[] {tools.toURI().toURL()}, null)
                : ClassLoader.getSystemClassLoader();
    }
}
