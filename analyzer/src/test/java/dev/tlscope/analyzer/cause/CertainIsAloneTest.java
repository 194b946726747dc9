package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over all captures that the tests have: where one cause is certain, no other is certain of the same handshake. */
class CertainIsAloneTest {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    static Stream<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(".pcapng")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void noOtherCauseIsCertain(Path capture) {
        List<Handshake> handshakes = new ArrayList<>();
        Handshakes reader = new Handshakes(capture, handshakes::add);
        try (InputStream in = Files.newInputStream(capture)) {
            CaptureReader.scan(in, reader::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.end();
        for (Handshake handshake : handshakes) {
            if (handshake.failed()) {
                assertThat(certain(handshake))
                        .as("connection %d of %s", handshake.connection(), capture)
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static Set<CauseId> certain(Handshake handshake) {
        Set<CauseId> certain = new LinkedHashSet<>();
        for (Cause cause : Causes.ORDER) {
            cause.examine(handshake)
                    .filter(finding -> finding.confidence() == Confidence.CERTAIN)
                    .filter(finding -> Causes.agrees(handshake, finding))
                    .map(Finding::cause)
                    .filter(id -> id != Internal.INTERNAL) // it says who threw, and another cause why
                    .ifPresent(certain::add);
        }
        return certain;
    }
}
