package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.AlertMeaning;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.KeyPairEvidence;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** peer-alert: the peer ended it with an alert that nothing captured here explains. */
final class PeerAlert implements Cause {
    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.alertReceived()) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(FailureEvidence.alert(handshake));
        evidence.add(FailureEvidence.stage(handshake));
        handshake.keyPairs().stream()
                .filter(pair -> "no".equals(pair.text(Field.MATCH)))
                .findFirst()
                .ifPresent(pair -> evidence.addAll(KeyPairEvidence.of(pair)));
        String peer = handshake.peerRole();
        return Optional.of(new Finding(
                "peer-alert",
                Confidence.POSSIBLE,
                "The " + peer + " ended the handshake with " + FailureEvidence.alertName(handshake) + ", which means: "
                        + AlertMeaning.of(handshake.alert()) + ".",
                List.copyOf(evidence),
                List.of("Look at the " + peer
                        + "'s side: its log, or tlscope attached to it, knows why it sent the alert.")));
    }
}
