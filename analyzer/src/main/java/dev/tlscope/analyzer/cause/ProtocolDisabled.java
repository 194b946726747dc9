package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.OfferProperties;
import dev.tlscope.analyzer.evidence.Policy;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** protocol-disabled: policy disabled everything that was configured, so that no ClientHello could be sent. */
final class ProtocolDisabled implements Cause {
    static final CauseId PROTOCOL_DISABLED = CauseId.of(
            "protocol-disabled",
            FixedBy.THIS_SIDE,
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
        List<String> enabled = handshake.setUp(Field.ENABLED_PROTOCOL);
        List<NotOffered> missing = NotOffered.of(handshake);
        // where nothing of a property's list is allowed, JSSE enables nothing, and the property alone has what was
        // meant
        List<Evidence> properties = OfferProperties.of(handshake);
        List<String> configured = enabled.isEmpty() ? OfferProperties.protocols(handshake) : enabled;
        List<NotOffered> versions = NotOffered.among(NotOffered.ofKind(missing, Kind.PROTOCOL), configured);
        List<NotOffered> suites =
                NotOffered.among(NotOffered.ofKind(missing, Kind.SUITE), handshake.setUp(Field.ENABLED_SUITE));
        List<NotOffered> both = new ArrayList<>(versions);
        both.addAll(suites);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(
                new Evidence("configured protocols", configured.isEmpty() ? "none" : String.join(", ", configured)));
        evidence.addAll(properties);
        String removed = versions.stream()
                .filter(NotOffered::isPolicy)
                .flatMap(one -> one.values().stream())
                .collect(Collectors.joining(", "));
        if (!removed.isEmpty()) {
            evidence.add(new Evidence("removed by policy", removed));
        }
        evidence.addAll(NotOffered.evidence(handshake, both));
        evidence.add(new Evidence("configured suites", Lists.few(handshake.setUp(Field.ENABLED_SUITE))));
        evidence.add(new Evidence(Policy.TLS, handshake.policy(Policy.TLS).orElse("not captured")));
        List<String> fix = new ArrayList<>();
        properties.forEach(property -> fix.add("Remove " + property.what()
                + " from the command line of the JVM, or give it a value that the policy allows, such as"
                + " TLSv1.2,TLSv1.3 for protocols."));
        if (properties.isEmpty()) {
            fix.add("Configure a protocol that the policy allows, TLSv1.2 or TLSv1.3, with suites that belong to it.");
        }
        fix.addAll(NotOffered.fixes(handshake, both));
        return new Finding(
                PROTOCOL_DISABLED,
                configured.isEmpty() ? Confidence.LIKELY : Confidence.CERTAIN,
                "This " + handshake.role()
                        + "'s configured protocols and cipher suites minus the policy leave nothing to use.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix));
    }
}
