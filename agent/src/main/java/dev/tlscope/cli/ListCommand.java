package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code list}. */
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
    private static final String MAIN = "MAIN CLASS";
    private static final String JDK = "JDK";
    private static final String STATE = "TLSCOPE";
    private static final int PID_COLUMNS = 9;
    private static final int GAP = 2;

    /** A name is not shortened to less than this. */
    private static final int LEAST_NAME = 30;

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
        table(jvms, TerminalWidth.ofOutput()).forEach(out::println);
        return Cli.OK;
    }

    /** Lines of the table; a name that leaves no room for the other columns is shortened in front, where its directories are. */
    static List<String> table(List<Jvm> jvms, int columns) {
        int main = MAIN.length();
        int jdk = JDK.length();
        int state = STATE.length();
        for (Jvm jvm : jvms) {
            main = Math.max(main, jvm.mainClass.length());
            jdk = Math.max(jdk, jvm.javaVersion.length());
            state = Math.max(state, state(jvm).length());
        }
        if (columns > 0) {
            main = Math.min(main, Math.max(LEAST_NAME, columns - PID_COLUMNS - jdk - state - 2 * GAP));
        }
        String row = "%7s  %-" + main + "s  %-" + jdk + "s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, row, "PID", MAIN, JDK, STATE));
        for (Jvm jvm : jvms) {
            lines.add(String.format(
                    Locale.ROOT, row, jvm.pid, shortened(jvm.mainClass, main), jvm.javaVersion, state(jvm)));
        }
        return lines;
    }

    private static String state(Jvm jvm) {
        String state = jvm.agent != null ? "attached, " + jvm.agent : jvm.attachable ? "-" : "refuses attach";
        return jvm.ownPid() == jvm.pid ? state : state + ", in a container, where its PID is " + jvm.ownPid();
    }

    private static String shortened(String name, int most) {
        return name.length() <= most ? name : "..." + name.substring(name.length() - most + 3);
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
