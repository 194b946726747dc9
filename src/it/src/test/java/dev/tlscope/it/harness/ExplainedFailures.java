package dev.tlscope.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tlscope.analyzer.cause.Causes;
import dev.tlscope.analyzer.model.CapturedJvms;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.render.JsonReport;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The failures that {@code explain --each --format json} lists for captures. */
public record ExplainedFailures(JsonNode failures) {
    public static ExplainedFailures of(Bench bench) {
        return of(List.of(bench.out()));
    }

    /** The failures of these captures and directories. */
    public static ExplainedFailures of(List<Path> files) {
        return new ExplainedFailures(InProcessCommand.json("explain", files, "--each")
                .orElseThrow(() -> new AssertionError("explain failed: " + files)));
    }

    /** The failures as explained from each end's own events, even if the captures contain the other end too. */
    public static ExplainedFailures alone(Bench bench) {
        List<Handshake> handshakes = new ArrayList<>();
        StringWriter out = new StringWriter();
        try {
            for (Path file : bench.captures()) {
                Handshakes read = new Handshakes(file, handshakes::add);
                CaptureReader.read(file, read);
                read.end();
            }
            JsonReport report = new JsonReport(new PrintWriter(out), new CapturedJvms());
            for (Handshake handshake : handshakes) {
                if (handshake.failed()) {
                    report.failed(handshake, Causes.of(handshake));
                }
            }
            report.end();
            return new ExplainedFailures(new ObjectMapper().readTree(out.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The failure at that end. */
    public JsonNode at(String role) {
        for (JsonNode failure : failures) {
            if (failure.get("role").asText().equals(role)) {
                return failure;
            }
        }
        throw new AssertionError("no failure at the " + role + ": " + failures.toPrettyString());
    }

    /** The one failure. */
    JsonNode only() {
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    /** The value of a piece of evidence, or an empty string. */
    public static String value(JsonNode failure, String what) {
        for (JsonNode fact : failure.get("evidence")) {
            if (fact.get("what").asText().equals(what)) {
                return fact.get("value").asText();
            }
        }
        return "";
    }
}
