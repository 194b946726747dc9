package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.export.Export;
import dev.tlscope.analyzer.export.JsonExport;
import dev.tlscope.analyzer.export.KeyLogExport;
import dev.tlscope.analyzer.export.PcapngExport;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.problem.Selection;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.capture.CapturedEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code export}: converts captures into formats of other programs. */
@Command(
        name = "export",
        description = "Writes captures in a form that other programs read.",
        footer = {
            "",
            "  keylog  the captured secrets as an SSLKEYLOGFILE (RFC 9850), for Wireshark",
            "  json    a line of JSON a handshake: src/docs/export-schema.json; with --events",
            "          every captured event and every field of its messages, too",
            "  pcapng  one capture of all or some connections, for tlscope and Wireshark",
            "",
            "Whoever has the secrets can decrypt the traffic: json and pcapng have them with",
            "--secrets only. A file is made for its owner alone (0600).",
            "",
            "A port that Wireshark assigns to another protocol, such as 8080, is read as",
            "TLS with tshark -o tcp.try_heuristic_first:TRUE.",
            "",
            "Examples:",
            "  tlscope export --to keylog /var/tmp/tls -o keys.log",
            "      for Wireshark: Preferences, Protocols, TLS, (Pre)-Master-Secret log file",
            "  tlscope export --to json /var/tmp/tls | jq -c .cipherSuite",
            "      a line of JSON each handshake",
            "  tlscope export --to json --events --connection 7 a.pcapng | jq .events",
            "      all that was captured of one",
            "  tlscope export --to pcapng --connection 7 a.pcapng -o seven.pcapng",
            "      to send somebody the one connection"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:nothing to write, or a file could not be read or written",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was written"
        })
final class ExportCommand extends CaptureCommand {
    enum Form {
        keylog,
        pcapng,
        json
    }

    @Option(names = "--to", required = true, paramLabel = "keylog|pcapng|json", description = "the form to write")
    private Form form = Form.keylog;

    @Option(names = "--connection", paramLabel = "N", description = "that connection only")
    private @Nullable Long connection;

    @Option(names = "--secrets", negatable = true, description = "with the values of secrets (keylog always has them)")
    private @Nullable Boolean secrets;

    @Option(names = "--events", description = "json: all that was captured, event by event, too")
    private boolean events;

    @Option(names = "--hex", description = "json: the same with the bytes of records")
    private boolean hex;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to that file, which must not exist yet; else, or with -, to standard output")
    private @Nullable Path output;

    @Option(names = "--force", description = "replace the file")
    private boolean force;

    private final OutputStream standardOutput;
    private SelectedConnections selected = SelectedConnections.of(List.of(), Selection.ALL, Verdicts.ofOneEnd());
    private long written;

    ExportCommand(OutputStream standardOutput) {
        this.standardOutput = standardOutput;
    }

    @Override
    void checkOptions() {
        if (form == Form.keylog && Boolean.FALSE.equals(secrets)) {
            throw new ParameterException(
                    spec().commandLine(), "a key log consists of secrets: --no-secrets leaves none");
        }
        if (form == Form.pcapng && file() == null && Terminal.isThere()) {
            throw new ParameterException(spec().commandLine(), "pcapng is not for a terminal; use -o FILE, or a pipe");
        }
    }

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) {
        Path file = file();
        int ended = file == null ? toStandardOutput(captures.files(), err) : toFile(file, captures.files(), err);
        return Math.max(captures.exitCode(), ended);
    }

    /** Null for standard output. */
    private @Nullable Path file() {
        return output == null || output.toString().equals("-") ? null : output;
    }

    private int toStandardOutput(List<Path> files, PrintWriter err) {
        try (OutputStream out = new BufferedOutputStream(standardOutput, 1 << 16)) {
            return write(files, out, err);
        } catch (IOException e) {
            return CaptureFiles.OK; // the stream detects whether its reader has closed it, or output was lost
        }
    }

    private int toFile(Path file, List<Path> files, PrintWriter err) {
        try (NewFile made = NewFile.create(file, force)) {
            int exitCode = write(files, made.stream(), err);
            if (written > 0) {
                made.keep();
            }
            return exitCode;
        } catch (NewFile.RefusedException e) {
            err.println("tlscope: " + e.getMessage());
        } catch (IOException e) {
            err.println("tlscope: " + file + " cannot be written: " + FileTrouble.writing(file, e));
        }
        return CaptureFiles.FAILED;
    }

    private Export export(OutputStream out, Verdicts verdicts) throws IOException {
        boolean open = Boolean.TRUE.equals(secrets);
        return switch (form) {
            case keylog -> new KeyLogExport(out);
            case json -> new JsonExport(out, verdicts, events || hex || open, hex, open);
            case pcapng -> new PcapngExport(out, open);
        };
    }

    private int write(List<Path> files, OutputStream out, PrintWriter err) throws IOException {
        boolean explains = form == Form.json || selection().needsCause();
        Verdicts verdicts = explains ? Verdicts.of(files, err) : Verdicts.ofOneEnd();
        selected = SelectedConnections.of(files, selection(), verdicts);
        try (Export export = export(out, verdicts)) {
            int exitCode = write(files, export, err);
            written = export.written();
            return exitCode;
        }
    }

    private int write(List<Path> files, Export export, PrintWriter err) throws IOException {
        int exitCode = CaptureFiles.OK;
        for (Path file : files) {
            export.begin(file);
            exitCode = Math.max(exitCode, read(file, export, err));
        }
        export.end();
        if (export.written() > 0 || exitCode == CaptureFiles.FAILED) {
            return exitCode;
        }
        err.println(
                "tlscope: " + (exitCode == CaptureFiles.DAMAGED ? "nothing was written: " : "") + lack(files.size()));
        return Math.max(exitCode, CaptureFiles.FAILED);
    }

    private String lack(int captures) {
        boolean secret = form == Form.keylog;
        return "there is no " + (secret ? "secret" : "connection")
                + (connection == null ? "" : (secret ? " of connection " : " ") + connection) + " in " + captures
                + (captures == 1 ? " capture" : " captures")
                + (secret ? "; secrets are captured with secrets=on only" : "");
    }

    /** Unlike errors of reading, errors of writing end the work. */
    private int read(Path file, Export export, PrintWriter err) throws IOException {
        List<IOException> failed = new ArrayList<>();
        int exitCode = CaptureFiles.read(file, event -> add(file, event, export, failed), err);
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
        return exitCode;
    }

    private void add(Path file, CapturedEvent event, Export export, List<IOException> failed) {
        boolean wanted = (connection == null || event.connection() == connection || event.connection() == 0)
                && selected.has(file, event.connection());
        if (!wanted || !failed.isEmpty()) {
            return;
        }
        try {
            export.add(event);
        } catch (IOException e) {
            failed.add(e);
        } catch (UncheckedIOException e) {
            failed.add(e.getCause());
        }
    }
}
