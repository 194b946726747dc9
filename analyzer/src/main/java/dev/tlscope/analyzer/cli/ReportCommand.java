package dev.tlscope.analyzer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code report}: writes captures as one page for the browser. */
@Command(
        name = "report",
        description = "Makes one self-contained HTML page of captures: overview, table, and each handshake's messages,"
                + " certificates and recomputed key schedule.",
        footer = {
            "",
            "The page loads nothing and needs no network. It has no secrets, unless asked",
            "to with --secrets, and is readable by you only (mode 0600).",
            "",
            "Every failure can be opened in it, and completed handshakes as far as --details",
            "goes: half of them are the first ones, the others are of rare kinds.",
            "What can be opened has its key schedule recomputed, as verify does.",
            "",
            "Examples:",
            "  tlscope report /var/tmp/tls -o report.html",
            "      all captures of a directory",
            "  tlscope report client.pcapng server.pcapng -o both.html --force",
            "      both sides; a page of that name is replaced",
            "  tlscope report /var/tmp/tls -o all.html --details 100000 --size 400",
            "      every handshake can be opened; the page grows by 3 to 8 kB for each"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or the page not written",
            "2:wrong usage",
            "3:a capture is damaged; the page has what came before the damage"
        })
final class ReportCommand extends CaptureCommand {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PAGE",
            description = "the page to write, such as report.html")
    private Path output = Path.of("report.html");

    @Option(names = "--force", description = "replace the page that is there")
    private boolean force;

    @Option(
            names = "--details",
            paramLabel = "N",
            defaultValue = "2000",
            description = "completed handshakes at most that can be opened (default ${DEFAULT-VALUE})")
    private int details;

    @Option(
            names = "--size",
            paramLabel = "MB",
            defaultValue = "64",
            description = "size of all details at most, failures too (default ${DEFAULT-VALUE})")
    private int size;

    @Option(
            names = "--secrets",
            description = "with the values of secrets; whoever has the page can decrypt the traffic")
    private boolean secrets;

    @Override
    void checkOptions() {
        if (details < 0 || size < 0) {
            throw new ParameterException(spec().commandLine(), "--details and --size are 0 or more");
        }
    }

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) {
        return new PageWriter(output, force, details, size, secrets, selection()).write(captures, version(), out, err);
    }
}
