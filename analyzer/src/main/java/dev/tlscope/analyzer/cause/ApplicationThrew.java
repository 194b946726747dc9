package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** internal, proven: JSSE called code of the application in the handshake, and that code threw. */
final class ApplicationThrew implements Cause {
    private static final int FRAMES = 3;

    @Override
    public List<CauseId> ids() {
        return List.of(Internal.INTERNAL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event failure = handshake.failure();
        if (failure == null
                || !handshake.raised()
                || handshake.isOfOtherProvider() // its own code is not the JDK's either
                || failure.texts(Field.EXCEPTION).isEmpty()) {
            return Optional.empty();
        }
        return Frames.thrownByApplication(handshake.frames()).map(frame -> finding(handshake, failure, frame));
    }

    private static Finding finding(Handshake handshake, Event failure, String frame) {
        String className = Frames.className(frame);
        List<String> exceptions = failure.texts(Field.EXCEPTION);
        String thrown = exceptions.get(exceptions.size() - 1);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("thrown by", className));
        evidence.add(new Evidence("which is", role(handshake)));
        evidence.add(new Evidence("exception", thrown));
        handshake.frames().stream()
                .takeWhile(at -> !Frames.isJsse(at))
                .limit(FRAMES)
                .forEach(at -> evidence.add(new Evidence("at", at)));
        return new Finding(
                Internal.INTERNAL,
                Confidence.CERTAIN,
                "Code of the application ended the handshake: " + className + " threw "
                        + (thrown.endsWith(".") ? thrown : thrown + "."),
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "Look at " + className + " for why it throws this; JSSE only passed it on.",
                        "If it refuses the peer on purpose, its message is the reason."));
    }

    /** What JSSE called: the connection's managers, or else the method through which JSSE called the application. */
    private static String role(Handshake handshake) {
        String called = Frames.calledByJsse(handshake.frames()).orElse("");
        String method = called.isEmpty() ? "" : " (" + Frames.methodName(called) + ")";
        String owner = called.isEmpty() ? "" : Frames.className(called);
        if (handshake.setUp(Field.TRUST_MANAGER).contains(owner)) {
            return "this " + handshake.role() + "'s trust manager" + method;
        }
        if (handshake.setUp(Field.KEY_MANAGER).contains(owner)) {
            return "this " + handshake.role() + "'s key manager" + method;
        }
        return "called by JSSE" + method;
    }
}
