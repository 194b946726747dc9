package dev.tlscope.cli;

import dev.tlscope.agent.config.KeepScope;
import dev.tlscope.agent.config.Option;
import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.agent.status.StatusKey;
import java.io.PrintWriter;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attach}, whose flags are the rows of the option table. */
@Command(
        name = "attach",
        description = "Attaches to a running JVM and captures its TLS handshakes.",
        footer = {
            "",
            "Examples:",
            "  tlscope attach 4711 --out /var/tmp/tls",
            "      failed handshakes of that JVM, into that directory",
            "  tlscope attach com.example.Main --keep all",
            "      every handshake; the JVM named by its main class",
            "  tlscope attach 4711 --secrets on",
            "      with key material, so that Wireshark decrypts what was captured"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:attached", "1:failed: no such JVM, or it cannot be attached to", "2:wrong usage"})
final class AttachCommand implements Callable<Integer> {
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID|NAME", description = "process id, or main class")
    private String target = "";

    /** Called by picocli: adds the table's options. */
    @Spec
    void spec(CommandSpec injected) {
        spec = injected;
        for (Option option : Option.values()) {
            injected.addOption(OptionSpec.builder("--" + option.key())
                    .paramLabel(option.takes())
                    .type(String.class)
                    .completionCandidates(option.allowed())
                    .description(option.description() + " (" + option.fallback() + ")")
                    .build());
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = CommandStreams.out(spec);
        options(path -> Paths.get(path).toString()); // refuses a bad option before it looks for the JVM
        Jvm jvm = Target.find(target);
        String options = options(jvm::path);
        OwnEnvironment.warn(CommandStreams.err(spec));
        AgentReply answer = AgentClient.ask(jvm, "attach", options, CommandStreams.err(spec));
        if (answer.isEmpty()) {
            out.println("attached to " + jvm + "; see: " + Invocation.of("status " + jvm.pid));
            return Cli.OK;
        }
        out.println("attached to " + jvm + " (JDK "
                + (jvm.feature() == 0 ? answer.one(StatusKey.JDK) : jvm.javaVersion) + "): capturing "
                + (answer.one(StatusKey.KEEP).equals(Option.text(KeepScope.ALL))
                        ? "all handshakes"
                        : "failed handshakes")
                + " to "
                + jvm.seen(answer.one(StatusKey.OUT)));
        if (answer.one(StatusKey.SECRETS).equals(Options.ON)) {
            String seal = answer.one(StatusKey.SEAL);
            out.println("secrets are on: whoever has "
                    + (seal.equals(Option.SEAL.fallback()) ? "the capture" : "the key of " + seal)
                    + " can decrypt the traffic");
        }
        StatusText.tls(out, answer);
        StatusText.problems(out, answer);
        return Cli.OK;
    }

    private String options(UnaryOperator<String> directory) {
        StringBuilder arguments = new StringBuilder();
        for (Option option : Option.values()) {
            String value =
                    spec == null ? null : spec.findOption("--" + option.key()).getValue();
            if (value != null) {
                // Resolve against the directory of this command, not against that of the target.
                String said = Options.isPath(option, value) ? directory.apply(value) : value;
                arguments
                        .append(arguments.length() == 0 ? "" : ",")
                        .append(option.key())
                        .append('=')
                        .append(Options.escape(said));
            }
        }
        if (arguments.indexOf("out=") < 0) {
            arguments
                    .append(arguments.length() == 0 ? "" : ",")
                    .append("out=")
                    .append(Options.escape(directory.apply(Option.OUT.fallback())));
        }
        try {
            Options.parse(arguments.toString(), Collections.emptyMap(), Collections.emptyMap());
        } catch (OptionException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        return arguments.toString();
    }
}
