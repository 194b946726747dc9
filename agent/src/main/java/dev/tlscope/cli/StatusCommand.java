package dev.tlscope.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows what the agent in a JVM has captured and written, and what failed.",
        footer = {
            "",
            "Examples:",
            "  tlscope status 4711",
            "      handshakes, bytes written, hooks that do not fit this JDK"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed: no such JVM, or no agent in it", "2:wrong usage"})
final class StatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID|NAME", description = "process id, or main class")
    private String target = "";

    @Override
    public Integer call() {
        StatusText.status(
                CommandStreams.out(spec),
                AgentClient.ask(Target.findAttached(target), "status", "", CommandStreams.err(spec)));
        return Cli.OK;
    }
}
