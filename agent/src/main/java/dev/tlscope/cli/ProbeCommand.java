package dev.tlscope.cli;

import dev.tlscope.probe.Probe;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The part of connect that runs in a JVM of the chosen JDK. Its settings come on standard input, where nobody sees passwords. */
@Command(name = ProbeCommand.NAME, hidden = true, description = "For tlscope's own use.")
final class ProbeCommand implements Callable<Integer> {
    static final String NAME = "probe";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Properties settings = new Properties();
        settings.load(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new Probe(settings, CommandStreams.out(spec)).run();
        return Cli.OK;
    }
}
