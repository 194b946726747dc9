package dev.tlscope.analyzer.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.json.EventsJson;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.json.Json;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.Ladder;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.capture.CapturedEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code show}: prints handshakes message by message, decoded. */
@Command(
        name = "show",
        description = "Shows the captured handshakes message by message, with the fields that matter.",
        footer = {
            "",
            "--format json has every field, and every event of the capture:",
            "src/docs/export-schema.json.",
            "Secrets are named; their values, which decrypt the traffic, are",
            "shown with --secrets only.",
            "",
            "Examples:",
            "  tlscope show --connection 3 a.pcapng",
            "      one handshake",
            "  tlscope show --hex a.pcapng | less",
            "      all of them, with the bytes",
            "  tlscope show --format json /var/tmp/tls",
            "      everything that was captured, for programs"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a file could not be read, or has no such connection",
            "2:wrong usage",
            "3:a capture is damaged; what came before the damage was shown"
        })
final class ShowCommand extends CaptureCommand {
    @Option(names = "--format", paramLabel = "text|json", description = "text for people (default), json for programs")
    private Format format = Format.text;

    @Option(names = "--connection", paramLabel = "N", description = "that connection only")
    private @Nullable Long connection;

    @Option(names = "--hex", description = "the bytes of messages and records too")
    private boolean hex;

    @Option(names = "--secrets", description = "the values of secrets too")
    private boolean secrets;

    @Mixin
    private ColourOption colour = new ColourOption();

    private long shown;

    @Override
    int run(CaptureFiles captures, PrintWriter out, PrintWriter err) throws IOException {
        int exitCode;
        try {
            exitCode = format == Format.json ? json(captures, out, err) : text(captures, out, err);
        } catch (ReaderGoneException e) {
            return captures.exitCode();
        }
        if (connection != null && shown == 0 && exitCode == CaptureFiles.OK) {
            err.println("tlscope: there is no connection " + connection + " here; explain --all lists them");
            return CaptureFiles.FAILED;
        }
        return Math.max(exitCode, captures.exitCode());
    }

    private int text(CaptureFiles captures, PrintWriter out, PrintWriter err) {
        Ladder ladder = new Ladder(out, colour.style(), hex, secrets);
        Verdicts verdicts = Verdicts.of(captures.files(), err);
        int exitCode = CaptureFiles.OK;
        for (Path file : captures.files()) {
            Handshakes handshakes = new Handshakes(file, handshake -> {
                Finding finding = verdicts.of(handshake);
                if (wanted(handshake, finding)) {
                    ladder.show(handshake, finding);
                    ReaderGoneException.check(out);
                }
            });
            exitCode = Math.max(exitCode, CaptureFiles.read(file, handshakes::take, err));
            handshakes.end();
        }
        out.flush();
        return exitCode;
    }

    private int json(CaptureFiles captures, PrintWriter out, PrintWriter err) throws IOException {
        JsonGenerator json = Json.pretty(out);
        EventsJson events = new EventsJson(json, hex, secrets);
        HandshakeJson writer = new HandshakeJson(json, events);
        Verdicts verdicts = Verdicts.of(captures.files(), err);
        json.writeStartArray();
        int exitCode = CaptureFiles.OK;
        for (Path file : captures.files()) {
            Handshakes handshakes = new Handshakes(file, handshake -> {
                Finding finding = verdicts.of(handshake);
                if (wanted(handshake, finding)) {
                    unchecked(() -> writer.write(handshake, finding));
                    ReaderGoneException.check(out);
                }
            });
            int ended = CaptureFiles.read(file, event -> add(file, event, handshakes, events), err);
            exitCode = Math.max(exitCode, ended);
            handshakes.end();
        }
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
        return exitCode;
    }

    private static void add(Path file, CapturedEvent event, Handshakes handshakes, EventsJson writer) {
        if (event.connection() == 0) {
            unchecked(() -> writer.write(file, event.event()));
        }
        handshakes.take(event);
    }

    private boolean wanted(Handshake handshake, @Nullable Finding finding) {
        boolean wanted = (connection == null || connection == handshake.connection())
                && selection().takes(handshake, finding);
        shown += wanted ? 1 : 0;
        return wanted;
    }

    /** Something that writes JSON. */
    private interface Write {
        void run() throws IOException;
    }

    private static void unchecked(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
