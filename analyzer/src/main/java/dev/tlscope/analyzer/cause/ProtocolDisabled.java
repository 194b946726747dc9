package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.Policy;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.List;
import java.util.Optional;

/** protocol-disabled: policy disabled everything that was configured, so that no ClientHello could be sent. */
final class ProtocolDisabled implements Cause {
    static final CauseId PROTOCOL_DISABLED = CauseId.of(
            "protocol-disabled",
            "What this side has configured, minus the policy, leaves nothing to use.",
            "the configured lists, and the entries of jdk.tls.disabledAlgorithms that remove from them",
            "Configure a protocol that the policy allows, with suites that belong to it.",
            "RFC 8996");

    @Override
    public List<CauseId> ids() {
        return List.of(PROTOCOL_DISABLED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean fits = handshake.raised()
                && handshake.messages().stream().allMatch(message -> message.contentType() == ContentType.ALERT)
                && handshake.cameThrough("HandshakeContext.getActive");
        boolean inConstructor = handshake.raised()
                && handshake.messages().stream().allMatch(message -> message.contentType() == ContentType.ALERT)
                && handshake.cameThrough("HandshakeContext.<init>");
        return fits || inConstructor ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake) {
        List<String> configured = handshake.setUp(Field.ENABLED_PROTOCOL);
        List<String> removed = configured.stream()
                .filter(protocol ->
                        Policy.entryFor(handshake, Policy.TLS, protocol).isPresent())
                .toList();
        String policy = handshake.policy("jdk.tls.disabledAlgorithms").orElse("not captured");
        return new Finding(
                PROTOCOL_DISABLED,
                Confidence.CERTAIN,
                "This " + handshake.role()
                        + "'s configured protocols and cipher suites minus the policy leave nothing to use.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("configured protocols", String.join(", ", configured)),
                        new Evidence(
                                "removed by policy",
                                removed.isEmpty()
                                        ? "none; the suites fit none of the protocols"
                                        : String.join(", ", removed)),
                        new Evidence("configured suites", Lists.few(handshake.setUp(Field.ENABLED_SUITE))),
                        new Evidence("jdk.tls.disabledAlgorithms", policy)),
                List.of(
                        "Configure a protocol that the policy allows, TLSv1.2 or TLSv1.3, with suites that belong to it.",
                        "Only when an old peer leaves no choice: take the entry out of jdk.tls.disabledAlgorithms, in a file named"
                                + " by -Djava.security.properties."));
    }
}
