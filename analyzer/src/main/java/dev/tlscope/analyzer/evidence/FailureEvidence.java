package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.EngineEnding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.schedule.Negotiation;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a handshake failed, as evidence: the alert, the exception, the stage, the end of the socket. */
public final class FailureEvidence {
    private FailureEvidence() {}

    /** These facts, followed by the end of the socket below an engine, the alert and the stage. */
    public static List<Evidence> with(Handshake handshake, Evidence... first) {
        List<Evidence> all = new ArrayList<>(List.of(first));
        EngineEnding.socketEnd(handshake)
                .ifPresent(end -> all.add(new Evidence("socket below the engine", EngineEnding.describe(end))));
        if (Negotiation.repeatsRandom(handshake)) {
            all.add(new Evidence(
                    "client's random",
                    "the renegotiation repeats that of the handshake before it: the client's generator of random numbers does not"
                            + " work (RFC 5246, 7.4.1.2)"));
        }
        all.add(alert(handshake));
        all.add(stage(handshake));
        return List.copyOf(all);
    }

    /** The alert, and JSSE's text for it. */
    public static Evidence alert(Handshake handshake) {
        Event failure = handshake.failure();
        String words = innermost(handshake).orElse(failure == null ? null : failure.text(Field.DIAGNOSTIC));
        return new Evidence(
                handshake.alertReceived() ? "alert received" : "alert raised here",
                alertName(handshake) + (words == null ? "" : " (" + words + ")"));
    }

    /** The registered name of the alert; {@code no alert} if there was none. */
    public static String alertName(Handshake handshake) {
        return handshake.alert() < 0 ? "no alert" : AlertDescription.nameOf(handshake.alert());
    }

    /** The stage at which it failed, and the last message in each direction. */
    public static Evidence stage(Handshake handshake) {
        Event failure = handshake.failure();
        String stage = failure == null ? null : failure.text(Field.STAGE);
        return new Evidence(
                "stage",
                (stage == null ? "handshake" : stage) + ", last sent " + handshake.last(true) + ", last received "
                        + handshake.last(false));
    }

    /** The last link of the exception chain; empty when there is none. */
    public static Optional<String> innermost(Handshake handshake) {
        Event failure = handshake.failure();
        List<String> chain = failure == null ? List.of() : failure.texts(Field.EXCEPTION);
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
    }

    /** True when JSSE's diagnostic, or a link of the exception chain, contains this text. */
    public static boolean said(Handshake handshake, String words) {
        Event failure = handshake.failure();
        String diagnostic = failure == null ? null : failure.text(Field.DIAGNOSTIC);
        return (diagnostic != null && diagnostic.contains(words))
                || (failure != null && failure.texts(Field.EXCEPTION).stream().anyMatch(link -> link.contains(words)));
    }

    /** True when the certification path failed, and not a later check. */
    public static boolean pathFailed(Handshake handshake) {
        return handshake.threw("sun.security.validator.ValidatorException")
                || handshake.threw("sun.security.provider.certpath.SunCertPathBuilderException")
                || handshake.threw("java.security.cert.CertPathValidatorException");
    }
}
