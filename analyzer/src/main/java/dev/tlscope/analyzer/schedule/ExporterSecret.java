package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.SecretLabel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * EXPORTER_SECRET as key log lines. JSSE derives it only from JDK 25 on; for older JDKs it is computed from the main
 * secret or its inputs, if these were captured.
 */
public final class ExporterSecret {
    private ExporterSecret() {}

    /** A line {@code EXPORTER_SECRET client_random secret} (RFC 9850, 2) for each handshake that lacks it. */
    public static List<String> keyLogLines(Handshake handshake) {
        List<String> lines = new ArrayList<>();
        String label = SecretLabel.EXPORTER_SECRET.name();
        for (Negotiation negotiation : Negotiation.of(handshake)) {
            if (!negotiation.isTls13() || negotiation.secrets().first(label).isPresent()) {
                continue;
            }
            Optional<byte[]> computed = KeySchedule.of(negotiation).checks().stream()
                    .filter(check -> check.name().equals(label))
                    .map(Check::computed)
                    .flatMap(java.util.stream.Stream::ofNullable)
                    .findFirst();
            if (computed.isPresent() && negotiation.clientHello().isPresent()) {
                HexFormat hex = HexFormat.of();
                lines.add(label + " "
                        + hex.formatHex(negotiation.clientHello().get().random()) + " "
                        + hex.formatHex(computed.get()));
            }
        }
        return lines;
    }
}
