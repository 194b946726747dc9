package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.model.UnreadHandshake;
import dev.tlscope.analyzer.render.JsonVerification;
import dev.tlscope.analyzer.render.TextVerification;
import dev.tlscope.analyzer.render.VerificationReport;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.analyzer.verify.Verification;
import dev.tlscope.analyzer.work.InOrder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: recomputes the key schedule of each captured handshake and compares it with the captured values. */
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
            "  tlscope verify --format json /var/tmp/tls | jq '.[].verified'",
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
final class VerifyCommand extends CaptureCommand {
    private static final int DIFFERS = 4;
    private static final int PARTIAL = 5;

    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private Format format = Format.text;

    @Option(names = "--secrets", description = "show key material itself, not a fingerprint of it")
    private boolean secrets;

    @Mixin
    private ColourOption colour = new ColourOption();

    private boolean different;
    private boolean partial;

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) throws IOException {
        int exitCode = captures.exitCode();
        SecretRedaction shown = new SecretRedaction(secrets);
        VerificationReport report = format == Format.json
                ? new JsonVerification(out, shown)
                : new TextVerification(out, colour.style(), shown);
        Verdicts verdicts = selection().needsCause() ? Verdicts.of(captures.files(), err) : Verdicts.ofOneEnd();
        try (InOrder<UnreadHandshake, List<Verification>> verifying =
                new InOrder<>(some -> verify(some, verdicts), some -> some.forEach(one -> add(one, report, out)))) {
            for (Path file : captures.files()) {
                Handshakes handshakes = Handshakes.unread(file, unread -> verifying.add(unread, unread.memory()), null);
                exitCode = Math.max(exitCode, CaptureFiles.read(file, handshakes::take, err));
                handshakes.end();
                verifying.await();
            }
        } catch (ReaderGoneException e) {
            return exitCode;
        }
        report.end();
        return different ? DIFFERS : exitCode != CaptureFiles.OK ? exitCode : partial ? PARTIAL : CaptureFiles.OK;
    }

    /** Runs on any thread; computes all values that are otherwise computed on demand. */
    private List<Verification> verify(List<UnreadHandshake> some, Verdicts verdicts) {
        List<Verification> verified = new ArrayList<>();
        for (UnreadHandshake unread : some) {
            Handshake handshake = unread.get();
            if (!selection().takes(handshake, selection().needsCause() ? verdicts.of(handshake) : null)) {
                continue;
            }
            Verification verification = Verification.of(handshake);
            verification.checks();
            verification.records();
            verified.add(verification);
        }
        return verified;
    }

    private void add(Verification verification, VerificationReport report, PrintWriter out) {
        different |= verification.firstDifference().isPresent();
        partial |= verification.isPartial();
        try {
            report.verified(verification);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ReaderGoneException.check(out);
    }
}
