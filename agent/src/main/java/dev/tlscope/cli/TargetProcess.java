package dev.tlscope.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;

/**
 * A process as Linux's /proc shows it: by which PID it knows itself, as which user it runs, and where its files are seen from here. In a
 * container, or under systemd's PrivateTmp, all three may differ from what this process would think.
 */
final class TargetProcess {
    /** The name of a directory in which HotSpot looks for the files of its attach protocol, whatever java.io.tmpdir is. */
    static final String TMP = "/tmp";

    private static final Path PROC = Paths.get("/proc");

    /** The PID here. */
    final int pid;
    /** The PID in the process's own namespace, by which it names its files. */
    final int innerPid;
    /** The effective user and group, as numbers of this process's user namespace. */
    final int uid;

    final int gid;
    /** Whether a path means the same file there and here. */
    final boolean sameFiles;
    /** Whether user numbers mean the same users there and here. */
    final boolean sameUsers;

    private final String root;

    TargetProcess(int pid, int innerPid, int uid, int gid, boolean sameFiles, boolean sameUsers, String root) {
        this.pid = pid;
        this.innerPid = innerPid;
        this.uid = uid;
        this.gid = gid;
        this.sameFiles = sameFiles;
        this.sameUsers = sameUsers;
        this.root = root;
    }

    /** Whether this system has a /proc in which processes can be found. */
    static boolean isKnown() {
        return Files.isReadable(PROC.resolve("self/status"));
    }

    /** The process with that PID, or null when there is none or this system has no /proc. */
    static @Nullable TargetProcess of(int pid) {
        try {
            ProcStatus status = ProcStatus.read(pid);
            Path process = PROC.resolve(String.valueOf(pid));
            boolean sameFiles = sameNamespace(process, "mnt") && isRoot(process.resolve("root"));
            return new TargetProcess(
                    pid,
                    status.innerPid(),
                    status.uid(),
                    status.gid(),
                    sameFiles,
                    sameNamespace(process, "user"),
                    sameFiles ? "" : process.resolve("root").toString());
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The user of this process; -1 without /proc. */
    static int ownUid() {
        try {
            return ProcStatus.read("self").uid();
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    /** Where a file of the process is seen from here. */
    Path seen(String path) {
        return Paths.get(root + path);
    }

    /** What the user's path means there: one that is not absolute means this command's directory, which only the same files have. */
    String path(String named) {
        Path path = Paths.get(named);
        if (sameFiles) {
            return path.toAbsolutePath().normalize().toString();
        }
        return (path.isAbsolute() ? path : Paths.get(TMP).resolve(path))
                .normalize()
                .toString();
    }

    /** Whether it is of the user who runs this command, so that it takes from here what it takes from its own. */
    boolean isOwn() {
        return uid == ownUid();
    }

    /** Gives a file to the process's user, if it is another one; no symbolic link is followed. */
    void give(Path file) throws IOException {
        if (!isOwn()) {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Whether SIGQUIT makes it do something else than end: a JVM that begins has not said so yet, and one with -Xrs never does. */
    boolean catchesQuit() {
        try {
            return ProcStatus.read(pid).catches(3);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Whether a signal or a debugger has stopped it, so that it cannot answer. */
    static boolean isStopped(int pid) {
        try {
            return ProcStatus.read(pid).isStopped();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Whether it has loaded HotSpot's library; true where that cannot be seen. */
    boolean isJvm() {
        try {
            byte[] maps = Files.readAllBytes(PROC.resolve(pid + "/maps"));
            return new String(maps, StandardCharsets.ISO_8859_1).contains("/libjvm.so");
        } catch (IOException e) {
            return true;
        }
    }

    /** Its command line; empty when it cannot be read. */
    String commandLine() {
        try {
            byte[] line = Files.readAllBytes(PROC.resolve(pid + "/cmdline"));
            return new String(line, StandardCharsets.UTF_8).replace('\0', ' ').trim();
        } catch (IOException e) {
            return "";
        }
    }

    /** PIDs of all processes; empty without /proc. */
    static int[] all() {
        String[] names = new File("/proc").list((directory, name) -> name.matches("[0-9]{1,9}"));
        if (names == null) {
            return new int[0];
        }
        int[] pids = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            pids[i] = Integer.parseInt(names[i]);
        }
        return pids;
    }

    private static boolean sameNamespace(Path process, String kind) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/" + kind))
                    .equals(Files.readSymbolicLink(PROC.resolve("self/ns/" + kind)));
        } catch (IOException e) {
            return true; // another user's, which is refused before it matters
        }
    }

    private static boolean isRoot(Path link) {
        try {
            return Files.readSymbolicLink(link).equals(Files.readSymbolicLink(PROC.resolve("self/root")));
        } catch (IOException e) {
            return true;
        }
    }
}
