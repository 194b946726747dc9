package dev.tlscope.analyzer.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.json.EventsJson;
import dev.tlscope.analyzer.json.HandshakeJson;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.Ladder;
import dev.tlscope.analyzer.render.Style;
import dev.tlscope.analyzer.verdict.Verdicts;
import dev.tlscope.capture.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;

/** Jazzer's target for captures: they are read, explained, shown and written as JSON. */
public final class CaptureTarget {
    private static final Verdicts VERDICTS = Verdicts.ofOneEnd();

    private CaptureTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] capture) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(OutputStream.nullOutputStream());
                PrintWriter nowhere = new PrintWriter(Writer.nullWriter())) {
            HandshakeJson writer = new HandshakeJson(json, new EventsJson(json, true, true));
            Ladder ladder = new Ladder(nowhere, new Style(true, 80), true, true);
            Handshakes handshakes =
                    new Handshakes(Path.of("fuzzed.pcapng"), handshake -> use(handshake, writer, ladder));
            CaptureReader.scan(new ByteArrayInputStream(capture), handshakes::take);
            handshakes.end();
        }
    }

    private static void use(Handshake handshake, HandshakeJson writer, Ladder ladder) {
        try {
            Finding finding = VERDICTS.of(handshake);
            ladder.show(handshake, finding);
            writer.write(handshake, finding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
