package dev.tlscope.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script with which a shell completes verbs, options and their values. */
@Command(
        name = "completion",
        description = "Prints what bash or zsh needs to complete verbs, options and files.",
        footer = {
            "",
            "It completes a command named tlscope. To define one for the jar, put before it:",
            "  tlscope() { java -jar /path/to/tlscope.jar \"$@\"; }",
            "",
            "Examples:",
            "  tlscope completion bash",
            "      in .bashrc: source <(tlscope completion bash)",
            "  tlscope completion zsh",
            "      .zshrc: autoload -U compinit; compinit; source <(tlscope completion zsh)"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:wrong usage"})
final class CompletionCommand implements Callable<Integer> {
    /** Both shells use the same script, except for file names: in zsh it enables bash's completion by itself. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "bash|zsh", description = "the shell")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        if (spec != null) {
            out.println("# completion of tlscope for " + shell);
            String script = AutoComplete.bash("tlscope", spec.root().commandLine());
            // zsh has no compopt and would take a directory for a whole word, so it completes file names by itself
            out.print(shell == Shell.zsh ? script.replace("compgen -f -- \"${curr_word}\"", ":") : script);
            out.flush();
        }
        return Cli.OK;
    }
}
