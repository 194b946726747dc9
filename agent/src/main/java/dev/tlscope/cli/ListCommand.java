package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists the JVMs of this user: PID, main class, JDK, attached or not.",
        footer = {
            "",
            "Examples:",
            "  tlscope list",
            "      which JVMs there are, and which of them tlscope is attached to"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
final class ListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        List<Jvm> jvms = new Jvms().all();
        if (jvms.isEmpty()) {
            out.println("no JVM of this user is running");
            return Cli.OK;
        }
        int width = "MAIN CLASS".length();
        for (Jvm jvm : jvms) {
            width = Math.max(width, jvm.mainClass.length());
        }
        String row = "%7s  %-" + width + "s  %-12s  %s%n";
        out.printf(row, "PID", "MAIN CLASS", "JDK", "TLSCOPE");
        for (Jvm jvm : jvms) {
            String state = jvm.agent != null ? "attached, " + jvm.agent : jvm.attachable ? "-" : "refuses attach";
            out.printf(row, jvm.pid, jvm.mainClass, jvm.javaVersion, state);
        }
        return Cli.OK;
    }
}
