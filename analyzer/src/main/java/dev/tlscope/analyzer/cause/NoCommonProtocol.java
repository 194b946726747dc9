package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.OfferedValues;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.tls.AlertDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** no-common-protocol: the two sides' lists of versions have nothing in common (RFC 8446, 4.2.1). */
final class NoCommonProtocol implements Cause {
    static final CauseId NO_COMMON_PROTOCOL = CauseId.of(
            "no-common-protocol",
            FixedBy.EITHER,
            "The two sides have no TLS version in common.",
            "both lists of versions",
            "Enable a version on one side that the other supports.",
            "RFC 8446, 4.2.1");

    private static final String OLDEST = "SSLv3";

    @Override
    public List<CauseId> ids() {
        return List.of(NO_COMMON_PROTOCOL);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean alerted = handshake.raised(AlertDescription.PROTOCOL_VERSION)
                || handshake.received(AlertDescription.PROTOCOL_VERSION);
        boolean fits = (alerted && isUnanswered(handshake))
                || (handshake.isClient() && handshake.raised() && choseUnoffered(handshake));
        return fits ? handshake.clientHello().flatMap(hello -> finding(handshake, hello)) : Optional.empty();
    }

    /** A server that has sent its hello has selected a version: an alert after it is about something else. */
    private static boolean isUnanswered(Handshake handshake) {
        return !handshake.isClient() || handshake.serverHello().isEmpty();
    }

    /**
     * True when the server selected a version that this client did not offer; JSSE may report the suite first, which
     * belongs to it.
     */
    private static boolean choseUnoffered(Handshake handshake) {
        String chosen = handshake
                .serverHello()
                .map(hello -> ProtocolVersions.nameOf(hello.version()))
                .orElse(null);
        return chosen != null
                && ProtocolVersions.ofName(chosen) != 0
                && handshake.last(false).equals("ServerHello")
                && handshake
                        .clientHello()
                        .filter(hello -> !hello.offeredVersions().contains(chosen))
                        .isPresent();
    }

    private static Optional<Finding> finding(Handshake handshake, Hello hello) {
        List<String> listed = hello.offeredVersions();
        List<String> offered = listed.isEmpty() ? List.of(ProtocolVersions.nameOf(hello.version())) : listed;
        List<String> enabled = OfferedValues.localProtocols(handshake);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("client offers", String.join(", ", offered)));
        if (handshake.isClient()) {
            String chosen = handshake.protocol();
            evidence.add(new Evidence(
                    "server speaks", handshake.alertReceived() || chosen == null ? "none of them" : chosen));
        } else {
            evidence.add(
                    new Evidence("server speaks", enabled.isEmpty() ? "not captured" : String.join(", ", enabled)));
        }
        boolean checked = !handshake.isClient() && offered.equals(List.of(OLDEST));
        if (checked) {
            evidence.add(new Evidence(
                    "sender of such a ClientHello",
                    "a health check, such as HAProxy's option ssl-hello-chk, or a scanner: no current client offers "
                            + OLDEST + " alone"));
        }
        List<NotOffered> missing = NotOffered.ofKind(NotOffered.of(handshake), Kind.PROTOCOL);
        List<NotOffered> wanted = handshake.isClient() ? missing : NotOffered.among(missing, offered);
        evidence.addAll(NotOffered.evidence(handshake, wanted));
        List<String> fix = new ArrayList<>();
        if (checked) {
            fix.add(
                    "If it comes again and again from the same address, have that health check speak TLS as clients do: in HAProxy"
                            + " check-ssl on the server line in place of option ssl-hello-chk. Do not enable " + OLDEST
                            + " for it.");
        }
        fix.addAll(NotOffered.fixes(handshake, wanted));
        fix.add("Enable a version on one side that the other supports: SSLParameters.setProtocols,"
                + " -Djdk.tls.client.protocols, the server's own setting.");
        if (offered.contains("TLCP")) {
            fix.add("TLCP (GB/T 38636) is not TLS: JSSE does not support it, and both sides need a provider that"
                    + " does.");
        }
        if (!handshake.isClient() && offered.stream().anyMatch(enabled::contains)) {
            return Optional.empty(); // JSSE has this alert for a legacy_version as well (RFC 8446, 4.1.2)
        }
        return Optional.of(new Finding(
                NO_COMMON_PROTOCOL,
                !handshake.isClient() && enabled.isEmpty() ? Confidence.LIKELY : Confidence.CERTAIN,
                "Client and server have no TLS version in common.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix)));
    }
}
