package dev.tlscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the JVM that the user names by its PID or main class, and says before the attach why it cannot be used. */
final class Target {
    private Target() {}

    static Jvm find(String pidOrName) {
        Jvms jvms = new Jvms();
        return pidOrName.matches("[0-9]{1,9}") ? byPid(jvms, Integer.parseInt(pidOrName)) : byName(jvms, pidOrName);
    }

    /** As {@link #find}, for a JVM to which the agent is attached. */
    static Jvm findAttached(String pidOrName) {
        Jvm jvm = find(pidOrName);
        if (jvm.agent == null && jvm.shows) {
            throw new CommandFailed("tlscope is not attached to " + jvm.pid + " " + jvm.mainClass + "; attach it: "
                    + Invocation.of("attach " + jvm.pid));
        }
        return jvm;
    }

    private static Jvm byPid(Jvms jvms, int pid) {
        Jvm jvm = jvms.read(pid);
        if (jvm == null) {
            throw new CommandFailed(whyNot(pid));
        }
        checkOwner(pid);
        if (TargetProcess.isStopped(pid)) {
            throw new CommandFailed("the JVM " + pid
                    + " is stopped, by a signal, the memory limit of its container or a debugger, and cannot answer; continue it, for"
                    + " example: kill -CONT " + pid);
        }
        if (!jvm.attachable) {
            throw new CommandFailed("the JVM " + pid + " refuses attach (-XX:+DisableAttachMechanism); restart it with"
                    + " -javaagent:tlscope.jar instead");
        }
        return jvm;
    }

    private static Jvm byName(Jvms jvms, String name) {
        List<Jvm> named = jvms.all().stream()
                .filter(jvm -> jvm.mainClass.equals(name) || jvm.simpleName().equals(name))
                .collect(Collectors.toList());
        if (named.isEmpty()) {
            throw new CommandFailed("no JVM of this user has main class " + name + "; see: " + Invocation.of("list"));
        }
        if (named.size() > 1) {
            String pids = named.stream().map(jvm -> String.valueOf(jvm.pid)).collect(Collectors.joining(", "));
            throw new CommandFailed(named.size() + " JVMs have main class " + name + "; name one by its PID: " + pids);
        }
        return byPid(jvms, named.get(0).pid);
    }

    private static String whyNot(int pid) {
        Path process = Paths.get("/proc", String.valueOf(pid));
        if (Files.isDirectory(Paths.get("/proc/self")) && !Files.isDirectory(process)) {
            return "no process has PID " + pid + "; see: " + Invocation.of("list");
        }
        checkOwner(pid);
        return "process " + pid + " is not a visible JVM (another program, one that is starting, or OpenJ9); see: "
                + Invocation.of("list");
    }

    private static void checkOwner(int pid) {
        try {
            Path process = Paths.get("/proc", String.valueOf(pid));
            String owner = Files.isDirectory(process) ? Files.getOwner(process).getName() : null;
            String self = System.getProperty("user.name");
            if (owner != null && !owner.equals(self) && !"root".equals(self)) {
                throw new CommandFailed("process " + pid + " belongs to user " + owner + ", and this is " + self
                        + "; run: sudo -u " + owner + " " + Invocation.of("..."));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // the owner is unknown here; the attach will show it
        }
    }
}
