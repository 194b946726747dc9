package dev.tlscope.analyzer.cli;

import dev.tlscope.analyzer.file.CaptureDirectory;
import dev.tlscope.analyzer.file.FileTrouble;
import dev.tlscope.analyzer.seal.OpeningKey;
import dev.tlscope.analyzer.seal.SealedCapture;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code open}: decrypts captures that were sealed for the owner of a certificate. */
@Command(
        name = "open",
        description = {
            "Decrypts captures that were written with option seal. A file is made for its",
            "owner alone (0600), beside the sealed one: its name without .cms."
        },
        footer = {
            "",
            "Examples:",
            "  tlscope open /var/tmp/tls/tlscope-web-4711-*.cms --key operator-key.pem",
            "      makes captures of them, which the other commands read",
            "  tlscope open a.pcapng.cms --key operator-key.pem -o a.pcapng",
            "      one, into that file",
            "A file that is cut short, because its JVM was killed or writes it still, is",
            "decrypted up to there."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, opened or written",
            "2:wrong usage",
            "3:a file is cut short or was changed; what came before was written"
        })
final class OpenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "sealed captures (*.pcapng.cms)")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY.pem",
            description = "private key of the certificate (PKCS #8, not encrypted)")
    private Path key = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to that file, which must not exist yet")
    private @Nullable Path output;

    @Option(names = "--force", description = "replace the file")
    private boolean force;

    @Override
    public Integer call() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("picocli sets the spec before it calls a command");
        }
        if (output != null && files.size() > 1) {
            throw new ParameterException(command.commandLine(), "-o is for one file; leave it out for several");
        }
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        int exitCode = CaptureFiles.OK;
        try {
            OpeningKey opening = OpeningKey.read(Files.readAllBytes(key));
            for (Path file : files) {
                int ended = open(file, opening, out, err);
                exitCode = exitCode == CaptureFiles.FAILED || ended == CaptureFiles.OK ? exitCode : ended;
            }
        } catch (IllegalArgumentException e) {
            err.println("tlscope: " + key + ": " + e.getMessage());
            exitCode = CaptureFiles.FAILED;
        } catch (IOException e) {
            err.println("tlscope: " + key + " cannot be read: " + FileTrouble.reading(key, e));
            exitCode = CaptureFiles.FAILED;
        }
        out.flush();
        return exitCode;
    }

    private int open(Path file, OpeningKey opening, PrintWriter out, PrintWriter err) {
        Path made = output == null ? beside(file) : output;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return write(file, in, opening, made, out, err);
        } catch (IOException e) {
            err.println("tlscope: " + file + " cannot be read: " + FileTrouble.reading(file, e));
            return CaptureFiles.FAILED;
        }
    }

    private int write(Path file, InputStream in, OpeningKey opening, Path made, PrintWriter out, PrintWriter err) {
        try (NewFile target = NewFile.create(made, force)) {
            SealedCapture.Ending ending = SealedCapture.open(in, opening, target.stream());
            switch (ending.kind()) {
                case REFUSED -> {
                    err.println("tlscope: " + file + " cannot be opened: " + ending.reason());
                    return CaptureFiles.FAILED;
                }
                case CUT ->
                    err.println("tlscope: " + file + " is cut short at byte offset " + ending.offset() + ": "
                            + ending.reason() + "; what came before is used");
                case DAMAGED ->
                    err.println("tlscope: " + file + " is damaged at byte offset " + ending.offset() + ": "
                            + ending.reason() + "; what came before is used");
                case COMPLETE -> {
                    // nothing to say beyond the name of the file
                }
            }
            target.keep();
            out.println(made);
            return ending.kind() == SealedCapture.Kind.COMPLETE ? CaptureFiles.OK : CaptureFiles.DAMAGED;
        } catch (NewFile.RefusedException e) {
            err.println("tlscope: " + e.getMessage());
        } catch (IOException e) {
            err.println("tlscope: " + made + " cannot be written: " + FileTrouble.writing(made, e));
        }
        return CaptureFiles.FAILED;
    }

    private static Path beside(Path file) {
        String name = file.toString();
        return Path.of(
                name.endsWith(CaptureDirectory.SEALED)
                        ? name.substring(0, name.length() - CaptureDirectory.SEALED.length())
                        : name + ".pcapng");
    }
}
