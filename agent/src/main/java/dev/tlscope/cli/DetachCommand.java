package dev.tlscope.cli;

import dev.tlscope.agent.status.StatusKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "detach",
        description = "Removes the agent from a JVM and closes its files.",
        footer = {"", "Examples:", "  tlscope detach 4711", "      the JVM continues without tlscope"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:detached", "1:failed: no such JVM, or no agent in it", "2:wrong usage"})
final class DetachCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID|NAME", description = "process id, or main class")
    private String target = "";

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        Jvm jvm = Target.findAttached(target);
        AgentReply answer = AgentClient.ask(jvm, "detach", "", CommandStreams.err(spec));
        if (answer.isEmpty()) {
            out.println("detached from " + jvm);
            return Cli.OK;
        }
        out.println("detached from " + jvm + ": " + answer.one(StatusKey.HANDSHAKES)
                + " handshakes completed, " + answer.one(StatusKey.FAILED) + " failed, " + answer.one(StatusKey.DROPPED)
                + " events dropped");
        StatusText.files(out, answer);
        StatusText.warnings(out, answer);
        if (!answer.all(StatusKey.FILE).isEmpty()) {
            out.println("next: " + Invocation.of("explain " + jvm.seen(answer.one(StatusKey.OUT))));
        }
        return Cli.OK;
    }
}
