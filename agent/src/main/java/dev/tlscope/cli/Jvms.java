package dev.tlscope.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds JVMs by their jvmstat files, also those of containers: a signal to a JVM that refuses attach would make it print a thread dump.
 */
final class Jvms {
    /** The counter is created at the first use of TLS; before that, the JVM's own options show the agent. */
    private static final Pattern AGENT_OPTION = Pattern.compile("-javaagent:[^ ]*tlscope[^/ ]*\\.jar");

    private static final String FILES = "hsperfdata_";

    /** The directories hsperfdata_USER in a directory for temporary files, which many processes share. */
    private final Map<Object, String[]> users = new HashMap<>();

    /** The JVMs that this user can see, except this one, by PID. */
    List<Jvm> all() {
        List<Jvm> found = new ArrayList<>();
        for (int pid : pids()) {
            Jvm jvm = pid == ownPid() ? null : read(pid);
            if (jvm != null && jvm.shows) {
                found.add(jvm);
            }
        }
        found.sort(Comparator.comparingInt(jvm -> jvm.pid));
        return found;
    }

    /** The JVM with that PID, or null. One without a jvmstat file is known by its libraries alone. */
    @Nullable
    Jvm read(int pid) {
        TargetProcess process = TargetProcess.of(pid);
        if (process == null && TargetProcess.isKnown()) {
            return null;
        }
        PerfCounters counters = counters(pid, process);
        if (counters != null) {
            return shown(pid, process, counters);
        }
        if (process == null || !process.catchesQuit() || process.commandLine().isEmpty() || !process.isJvm()) {
            return null;
        }
        String command = process.commandLine();
        return new Jvm(pid, process, command.split(" ", 2)[0], "?", true, null, false);
    }

    /** The counters of the JVM with that PID; null when it has none. */
    @Nullable
    PerfCounters counters(int pid) {
        return counters(pid, TargetProcess.of(pid));
    }

    private static Jvm shown(int pid, @Nullable TargetProcess process, PerfCounters counters) {
        String command = counters.text("sun.rt.javaCommand");
        String version = counters.text("java.property.java.version");
        String capabilities = counters.text("sun.rt.jvmCapabilities");
        return new Jvm(
                pid,
                process,
                command == null || command.isEmpty() ? "?" : command.split(" ", 2)[0],
                version == null ? "?" : version,
                // the first flag tells whether the VM accepts attach (jvmstat's own MonitoredVmUtil)
                capabilities == null || capabilities.isEmpty() || capabilities.charAt(0) == '1',
                agent(counters),
                true);
    }

    private static @Nullable AgentMark agent(PerfCounters counters) {
        String text = counters.text("dev.tlscope.agent");
        if (text != null) {
            return text.isEmpty() ? null : AgentMark.of(text);
        }
        String arguments = counters.text("java.rt.vmArgs");
        return arguments != null && AGENT_OPTION.matcher(arguments).find() ? AgentMark.waiting() : null;
    }

    private @Nullable PerfCounters counters(int pid, @Nullable TargetProcess process) {
        Path directory = process == null
                ? new File(System.getProperty("java.io.tmpdir")).toPath()
                : process.seen(TargetProcess.TMP);
        int own = process == null ? pid : process.innerPid;
        for (String user : users(directory)) {
            Path file = directory.resolve(user).resolve(String.valueOf(own));
            try {
                // A process of another user, or of another container that shares the directory, may have the same
                // number.
                if (process == null
                        || Integer.valueOf(process.uid)
                                .equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                    return PerfCounters.read(file);
                }
            } catch (IOException e) {
                // not there, or another user's
            }
        }
        return null;
    }

    private String[] users(Path directory) {
        Object key = directory;
        try {
            key = TargetProcess.isKnown()
                    ? Files.getAttribute(directory, "unix:dev") + "/" + Files.getAttribute(directory, "unix:ino")
                    : directory;
        } catch (IOException e) {
            return new String[0];
        }
        return users.computeIfAbsent(key, any -> {
            String[] names = directory.toFile().list((parent, name) -> name.startsWith(FILES));
            return names == null ? new String[0] : names;
        });
    }

    private static Iterable<Integer> pids() {
        TreeSet<Integer> pids = new TreeSet<>();
        for (int pid : TargetProcess.all()) {
            pids.add(pid);
        }
        if (!TargetProcess.isKnown()) {
            File[] users =
                    new File(System.getProperty("java.io.tmpdir")).listFiles((parent, name) -> name.startsWith(FILES));
            for (File user : users == null ? new File[0] : users) {
                String[] names = user.list((parent, name) -> name.matches("[0-9]{1,9}"));
                for (String name : names == null ? new String[0] : names) {
                    pids.add(Integer.parseInt(name));
                }
            }
        }
        return pids;
    }

    private static int ownPid() {
        String name = java.lang.management.ManagementFactory.getRuntimeMXBean().getName();
        return Integer.parseInt(name.substring(0, name.indexOf('@')));
    }
}
