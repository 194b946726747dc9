package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.problem.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that takes any number of captures, and of directories with captures. */
abstract class CaptureCommand implements Callable<Integer> {
    /** The output formats, for commands with a choice. */
    enum Format {
        text,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    private Selection selection = Selection.ALL;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "captures, or directories of captures")
    private List<Path> places = new ArrayList<>();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Override
    public final Integer call() throws IOException {
        checkOptions();
        selection = filter.selection();
        return work(places, spec().commandLine().getOut(), spec().commandLine().getErr());
    }

    /** Finds the captures and does it. */
    int work(List<Path> named, PrintWriter out, PrintWriter err) throws IOException {
        CaptureFiles captures = CaptureFiles.find(named, err);
        CompilerAdvice.before(captures.files());
        return captures.files().isEmpty() ? captures.exitCode() : run(captures, out, err);
    }

    /** Wants those alone that ended at that time or later, of those that were wanted before. */
    final void since(long nanos) {
        selection = selection.since(nanos);
    }

    /** Of tlscope. */
    final String version() {
        String[] version = spec().root().version();
        return version.length == 0 ? "" : version[0].replaceFirst("^tlscope ", "");
    }

    /** The selected connections. */
    final Selection selection() {
        return selection;
    }

    /** Throws a ParameterException for incompatible options. */
    void checkOptions() {
        // most combinations are allowed
    }

    /**
     * Runs the command.
     *
     * @param captures at least one
     * @return the exit code, which includes that of the captures
     */
    abstract int run(CaptureFiles captures, PrintWriter out, PrintWriter err) throws IOException;

    /** The command's picocli model. */
    final CommandSpec spec() {
        CommandSpec set = spec;
        if (set == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        return set;
    }
}
