package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * internal: this JVM ended the handshake, and only the exception that JSSE threw is known, which is reported in full.
 */
final class Internal implements Cause {
    static final CauseId INTERNAL = CauseId.of(
            "internal",
            FixedBy.THIS_SIDE,
            "This side ended the handshake itself, by an exception that no other cause explains, or gave" + " it up.",
            "the exception and its stack; the class that threw it, when JSSE had called the application's code; whose turn it was, and who closed the socket",
            "Read the exception from its last link; look at the class that is named.",
            "RFC 8446, 6.2");

    private static final int FRAMES = 4;

    @Override
    public List<CauseId> ids() {
        return List.of(INTERNAL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event failure = handshake.failure();
        if (failure == null) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(FailureEvidence.alert(handshake));
        evidence.add(FailureEvidence.stage(handshake));
        failure.texts(Field.EXCEPTION).forEach(link -> evidence.add(new Evidence("exception", link)));
        List<String> frames = failure.texts(Field.FRAME);
        frames.stream().limit(FRAMES).forEach(frame -> evidence.add(new Evidence("at", frame)));
        evidence.addAll(CertificateDates.facts(handshake));
        Optional<String> theirs = frames.stream().filter(Frames::isApplication).findFirst();
        theirs.ifPresent(frame -> evidence.add(new Evidence("first frame outside the JDK", frame)));
        String said = failure.text(Field.DIAGNOSTIC);
        return Optional.of(new Finding(
                INTERNAL,
                Confidence.POSSIBLE,
                "This " + handshake.role() + " ended the handshake itself with " + FailureEvidence.alertName(handshake)
                        + (said == null ? "." : ": " + said),
                List.copyOf(evidence),
                List.of("Read the exception chain from its last link; tlscope has no cause for this failure yet.")));
    }
}
