package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "Lists the JVMs of this user: PID, main class, JDK, attached or not.",
        footer = {
            "",
            "Examples:",
            "  tlscope list",
            "      which JVMs there are, and which of them tlscope is attached to",
            "  tlscope list --format json",
            "      for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
final class ListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private OutputFormat format = OutputFormat.text;

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        List<Jvm> jvms = new Jvms().all();
        if (format == OutputFormat.json) {
            out.println(JsonText.of(jvms.stream().map(ListCommand::json).collect(Collectors.toList())));
            return Cli.OK;
        }
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
            if (jvm.ownPid() != jvm.pid) {
                state += ", in a container, where its PID is " + jvm.ownPid();
            }
            out.printf(row, jvm.pid, jvm.mainClass, jvm.javaVersion, state);
        }
        return Cli.OK;
    }

    private static Map<String, Object> json(Jvm jvm) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pid", jvm.pid);
        values.put("mainClass", jvm.mainClass);
        values.put("jdk", jvm.javaVersion);
        values.put("attachable", jvm.attachable);
        values.put("agent", jvm.agent == null ? null : jvm.agent.toString());
        values.put("ownPid", jvm.ownPid());
        return values;
    }
}
