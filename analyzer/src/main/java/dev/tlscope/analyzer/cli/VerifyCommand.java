package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.JsonVerification;
import dev.tlscope.analyzer.render.TextVerification;
import dev.tlscope.analyzer.render.VerificationReport;
import dev.tlscope.analyzer.schedule.Shown;
import dev.tlscope.analyzer.schedule.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: recomputes the key schedule of each captured handshake and checks what was captured against it. */
@Command(
        name = "verify",
        description =
                "Recomputes key schedules, Finished, signatures and every record, and marks the first that differs.",
        footer = {
            "",
            "Without secrets in the capture (secrets=on) only signatures and plain text can",
            "be checked.",
            "",
            "Examples:",
            "  tlscope verify a.pcapng",
            "      every value recomputed, beside the captured one",
            "  tlscope verify --secrets a.pcapng",
            "      with the key material itself",
            "  tlscope verify --format json /var/tmp/tls | jq .[].verified",
            "      for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all verifies",
            "1:a file could not be read, or there is none",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was verified",
            "4:something differs",
            "5:nothing differs, but not all could be checked"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int DIFFERS = 4;
    private static final int PARTIAL = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private ExplainCommand.Format format = ExplainCommand.Format.text;

    @Option(names = "--secrets", description = "show key material itself, not a fingerprint of it")
    private boolean secrets;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "captures, or directories of captures")
    private List<Path> places = new ArrayList<>();

    private boolean different;
    private boolean partial;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CaptureFiles captures = CaptureFiles.find(places, err);
        int exitCode = captures.exitCode();
        if (captures.files().isEmpty()) {
            return exitCode;
        }
        Shown shown = new Shown(secrets);
        VerificationReport report = format == ExplainCommand.Format.json
                ? new JsonVerification(out, shown)
                : new TextVerification(out, Terminal.hasColour(), shown);
        for (Path file : captures.files()) {
            Handshakes handshakes = new Handshakes(file, handshake -> add(handshake, report));
            exitCode = Math.max(exitCode, CaptureFiles.read(file, handshakes::take, err));
            handshakes.end();
        }
        report.end();
        return different ? DIFFERS : exitCode != CaptureFiles.OK ? exitCode : partial ? PARTIAL : CaptureFiles.OK;
    }

    private void add(Handshake handshake, VerificationReport report) {
        Verification verification = Verification.of(handshake);
        different |= verification.firstDifference().isPresent();
        partial |= verification.isPartial();
        try {
            report.verified(verification);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
