package dev.tlscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;

/** The lines of {@code /proc/PID/status} (proc_pid_status(5)). */
final class ProcStatus {
    private final Map<String, String[]> lines = new HashMap<>();

    ProcStatus(String text) {
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(
                        line.substring(0, colon),
                        line.substring(colon + 1).trim().split("\\s+"));
            }
        }
    }

    static ProcStatus read(int pid) throws IOException {
        return read(String.valueOf(pid));
    }

    static ProcStatus read(String process) throws IOException {
        byte[] text = Files.readAllBytes(Paths.get("/proc", process, "status"));
        return new ProcStatus(new String(text, StandardCharsets.UTF_8));
    }

    /** The last of NSpid, which has a number for each namespace from that of the reader to that of the process; Pid before Linux 4.1. */
    int innerPid() {
        String[] pids = values(lines.containsKey("NSpid") ? "NSpid" : "Pid");
        return Integer.parseInt(pids[pids.length - 1]);
    }

    /** The effective user. */
    int uid() {
        return Integer.parseUnsignedInt(values("Uid")[1]);
    }

    /** The effective group. */
    int gid() {
        return Integer.parseUnsignedInt(values("Gid")[1]);
    }

    /** Whether a signal, or a debugger, has stopped it. */
    boolean isStopped() {
        return values("State")[0].equalsIgnoreCase("T");
    }

    /** Whether there is a handler for a signal. */
    boolean catches(int signal) {
        return (Long.parseUnsignedLong(values("SigCgt")[0], 16) >> (signal - 1) & 1) == 1;
    }

    private String[] values(String name) {
        String[] values = lines.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return values;
    }
}
