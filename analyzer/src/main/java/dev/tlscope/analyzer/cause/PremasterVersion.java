package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.List;
import java.util.Optional;

/** premaster-version: the RSA pre-master was decrypted, but begins with another version than the ClientHello's. */
final class PremasterVersion implements Cause {
    static final CauseId PREMASTER_VERSION = CauseId.of(
            "premaster-version",
            FixedBy.CLIENT,
            "The client put another version into its RSA pre-master than into its ClientHello.",
            "the first two bytes of the decrypted pre-master, beside the ClientHello's version",
            "Fix or replace the client.",
            "RFC 5246, 7.4.7.1");

    private static final int LENGTH = 48;

    @Override
    public List<CauseId> ids() {
        return List.of(PREMASTER_VERSION);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event premaster = handshake.capturedEvents().premaster();
        if (premaster == null
                || !premaster.flag(Field.REPLACED)
                || premaster.number(Field.PREMASTER_LENGTH, 0) != LENGTH
                || premaster.number(Field.PREMASTER_VERSION, -1) == premaster.number(Field.CLIENT_VERSION, -1)) {
            return Optional.empty();
        }
        String wanted = hex(premaster.number(Field.CLIENT_VERSION, -1));
        String found = hex(premaster.number(Field.PREMASTER_VERSION, -1));
        return Optional.of(new Finding(
                PREMASTER_VERSION,
                Confidence.CERTAIN,
                "The client put version " + found + " into its RSA pre-master, and " + wanted
                        + " into its ClientHello; the key is right.",
                List.of(
                        new Evidence("ClientHello's version", wanted),
                        new Evidence("pre-master's version", found),
                        FailureEvidence.alert(handshake),
                        FailureEvidence.stage(handshake)),
                List.of("Fix or replace the client: RFC 5246, 7.4.7.1 requires the ClientHello's version in the"
                        + " pre-master.")));
    }

    private static String hex(long version) {
        return String.format("0x%04x", version);
    }
}
