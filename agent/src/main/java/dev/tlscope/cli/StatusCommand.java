package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows what the agent in a JVM has captured and written, and what failed.",
        footer = {
            "",
            "Examples:",
            "  tlscope status 4711",
            "      handshakes, bytes written, how many hooks do not fit this JDK"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed: no such JVM, or no agent in it", "2:wrong usage"})
final class StatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--hooks", description = "each hook with its state too")
    private boolean hooks;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private OutputFormat format = OutputFormat.text;

    @Parameters(index = "0", paramLabel = "PID|NAME", description = "process id, or main class")
    private String target = "";

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        Jvm jvm = Target.findAttached(target);
        if (jvm.agent != null && jvm.agent.isWaiting()) {
            throw new CommandFailed("nothing is captured in " + jvm + " yet: the agent waits for the JVM's first use of"
                    + " TLS (-javaagent)");
        }
        AgentReply answer = AgentClient.ask(jvm, "status", "", CommandStreams.err(spec));
        if (answer.isEmpty()) {
            return Cli.FAILED;
        }
        if (format == OutputFormat.json) {
            out.println(StatusText.json(answer));
        } else {
            StatusText.status(out, jvm, answer, hooks);
        }
        return Cli.OK;
    }
}
