package dev.tlscope.analyzer.cli;

import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.SecretLabel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export --to keylog}: the captured secrets as key log lines (RFC 9850), each once, in the order of their capture. */
@Command(
        name = "export",
        description = "Writes the captured secrets as an SSLKEYLOGFILE (RFC 9850) to standard output.")
final class ExportCommand implements Callable<Integer> {
    private static final int RANDOM_LENGTH = 32;

    enum Form {
        keylog
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "keylog", description = "the form to write")
    private Form form = Form.keylog;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "captures, or directories of captures")
    private List<Path> places = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        return switch (form) {
            case keylog ->
                keyLog(spec.commandLine().getOut(), spec.commandLine().getErr());
        };
    }

    private int keyLog(PrintWriter out, PrintWriter err) throws IOException {
        CaptureFiles captures = CaptureFiles.find(places, err);
        int exitCode = captures.exitCode();
        Set<String> lines = new LinkedHashSet<>();
        for (Path file : captures.files()) {
            exitCode = Math.max(exitCode, CaptureFiles.read(file, event -> add(event, lines), err));
        }
        lines.forEach(out::println);
        out.flush();
        if (lines.isEmpty() && exitCode == CaptureFiles.OK) {
            err.println("tlscope: there is no secret in " + captures.files().size()
                    + " captures; secrets are captured with secrets=on only");
            return CaptureFiles.FAILED;
        }
        return exitCode;
    }

    private static void add(Event event, Set<String> lines) {
        String label = event.text(Field.LABEL);
        byte[] random = event.bytes(Field.CLIENT_RANDOM);
        byte[] secret = event.bytes(Field.BYTES);
        if (event.type() == EventType.SECRET
                && label != null
                && SecretLabel.ofName(label) != null
                && random != null
                && random.length == RANDOM_LENGTH
                && secret != null) {
            HexFormat hex = HexFormat.of();
            lines.add(label + " " + hex.formatHex(random) + " " + hex.formatHex(secret));
        }
    }
}
