package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.HandshakeType;
import java.util.List;
import java.util.Optional;

/**
 * master-secret-refused: this JVM is configured to require extended_master_secret (RFC 7627), and the peer's hello
 * lacks it. This need not be a resumption: the first hello of a full handshake is rejected in the same way.
 */
final class MasterSecretRefused implements Cause {
    static final CauseId MASTER_SECRET_REFUSED = CauseId.of(
            "master-secret-refused",
            FixedBy.EITHER,
            "One side requires extended_master_secret, and the other's hello lacks it.",
            "the peer's hello, and the properties jdk.tls.allowLegacyMasterSecret and jdk.tls.allowLegacyResumption",
            "Update the peer, use TLS 1.3, or remove the property.",
            "RFC 7627, 5.2; RFC 7627, 5.3");

    private static final String PROPERTY = "jdk.tls.allowLegacyMasterSecret";

    @Override
    public List<CauseId> ids() {
        return List.of(MASTER_SECRET_REFUSED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        // sun.security.ssl.ExtendedMasterSecretExtension, CHExtendedMasterSecretAbsence and
        // SHExtendedMasterSecretAbsence
        boolean demanded =
                handshake.raised() && FailureEvidence.said(handshake, "Extended Master Secret extension is required");
        return demanded && isMissing(handshake) ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static boolean isMissing(Handshake handshake) {
        Optional<DecodedMessage> hello = MessageFields.of(handshake)
                .lastReceived(handshake.isClient() ? HandshakeType.SERVER_HELLO : HandshakeType.CLIENT_HELLO);
        return hello.isPresent()
                && hello.get().extension("extended_master_secret").isEmpty();
    }

    private static Finding finding(Handshake handshake) {
        String peer = handshake.peerRole();
        return new Finding(
                MASTER_SECRET_REFUSED,
                Confidence.CERTAIN,
                "This " + handshake.role() + " requires extended_master_secret, and the " + peer + "'s hello lacks it.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("peer's extended_master_secret", "none"),
                        new Evidence(
                                "-D" + PROPERTY,
                                handshake.systemProperty(PROPERTY).orElse("not set"))),
                List.of(
                        "Update the " + peer + ", or turn extended_master_secret on there (JSSE:"
                                + " -Djdk.tls.useExtendedMasterSecret=true); TLS 1.3 does not need it.",
                        "Only if it cannot be had, run this JVM without -D" + PROPERTY
                                + "=false: a master secret is then not bound to its handshake (RFC 7627, 1)."));
    }
}
