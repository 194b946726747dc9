package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures of real failures that were once told wrongly, most of them as certain. */
class MisdiagnosedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the common suite was a signal that is no suite
                "scsv-s | no-common-cipher-suite | certain | no cipher suite in common",
                // the key manager was never asked
                "noreneg-s | unsafe-renegotiation | certain | allowLegacyHelloMessages, value=false",
                // there was no session
                "ems-s | internal | certain | allowLegacyMasterSecret",
                "ems8-s | internal | certain | demands extended_master_secret",
                // renegotiation_info was offered, by its signal
                "emsc-c | internal | certain | allowLegacyMasterSecret",
                // the JDK's rule against an authority is not about the use of a key
                "distrust-c | untrusted-chain | certain | distrusts the authority",
            })
    void isToldAsWhatItIs(String capture, String cause, String confidence, String says) throws IOException {
        List<Finding> findings = failures(capture);
        assertThat(findings)
                .isNotEmpty()
                .allMatch(finding -> finding.cause().equals(cause)
                        && finding.confidence().name().toLowerCase(Locale.ROOT).equals(confidence)
                        && finding.toString().contains(says));
    }

    private static List<Finding> failures(String capture) throws IOException {
        List<Handshake> found = new ArrayList<>();
        try (InputStream in = MisdiagnosedTest.class.getResourceAsStream("/misdiagnosed/" + capture + ".pcapng")) {
            Handshakes handshakes = new Handshakes(Path.of(capture), found::add);
            CaptureReader.read(in, handshakes);
            handshakes.end();
        }
        return found.stream().filter(Handshake::failed).map(Causes::of).toList();
    }
}
