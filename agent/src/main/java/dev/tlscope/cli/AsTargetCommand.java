package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The part of an attach that {@link AsTargetUser} does as the target's user, with the target's root directory open as number 3. */
@Command(name = AsTargetCommand.NAME, hidden = true, description = "For tlscope's own use.")
final class AsTargetCommand implements Callable<Integer> {
    static final String NAME = "as-target";
    static final int NO_ANSWER = 5;

    private static final String ROOT = "/proc/self/fd/3";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0")
    private int pid;

    @Parameters(index = "1")
    private int innerPid;

    @Parameters(index = "2")
    private String command = "";

    @Parameters(index = "3")
    private String options = "";

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        int uid = TargetProcess.ownUid();
        TargetProcess process = new TargetProcess(pid, innerPid, uid, -1, false, true, ROOT);
        try {
            new AgentLoading(pid, process, true).ask(command, options).forEach(out::println);
            return Cli.OK;
        } catch (NoAnswer e) {
            CommandStreams.err(spec).println(e.getMessage());
            return NO_ANSWER;
        }
    }
}
