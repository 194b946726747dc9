package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.Actor;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Finding;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who has to act on a finding: the side in the first step of the fix, or else the side at which the cause is usually
 * fixed.
 */
public final class Actors {
    private static final Set<CauseId> CLIENT = Set.of(
            ClientCertificateMissing.CLIENT_CERTIFICATE_MISSING,
            PremasterVersion.PREMASTER_VERSION,
            PlaintextPeer.PLAINTEXT_PEER,
            PlaintextPeer.PLAINTEXT_CLIENT);

    private static final Set<CauseId> SERVER = Set.of(NoCommonCipherSuite.NO_USABLE_KEY);

    private static final Map<CauseId, Actor> USUAL = new HashMap<>();

    static {
        put(
                Actor.US,
                AlgorithmUnavailable.ALGORITHM_UNAVAILABLE,
                OwnKeyMismatch.KEY_MISMATCH,
                KeysDisagree.SECRETS_DIVERGED,
                Internal.INTERNAL,
                EmptyTrustStore.EMPTY_TRUST_STORE,
                UntrustedChain.UNTRUSTED_CHAIN,
                InterceptingProxy.INTERCEPTING_PROXY,
                ProtocolDisabled.PROTOCOL_DISABLED,
                KnownRefusal.INVALID_CONFIGURATION,
                ProviderFailed.PROVIDER_FAILURE,
                Warnings.KEYSTORE_PASSWORD);
        put(
                Actor.PEER,
                MalformedMessage.MALFORMED_MESSAGE,
                UnexpectedMessage.UNEXPECTED_MESSAGE,
                NoIssuer.MISSING_INTERMEDIATE,
                CertificateDates.CERTIFICATE_EXPIRED,
                ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                WrongKeyUsage.WRONG_KEY_USAGE,
                PlaintextAlert.PLAINTEXT_ALERT,
                PeerAlert.PEER_ALERT);
        put(
                Actor.EITHER,
                CertificateDates.CERTIFICATE_NOT_YET_VALID,
                CertificateRejected.CERTIFICATE_REVOKED,
                PeerRefusedCertificate.PEER_REFUSED_CERTIFICATE,
                HostnameMismatch.HOSTNAME_MISMATCH,
                UnrecognizedName.UNRECOGNIZED_NAME,
                RefusedAfterHandshake.REFUSED_AFTER_HANDSHAKE,
                NoCommonProtocol.NO_COMMON_PROTOCOL,
                NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE,
                NoCommonGroup.NO_COMMON_GROUP,
                NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM,
                NoCommonAlpn.NO_COMMON_ALPN,
                WeakDh.WEAK_DH,
                MessageTooLarge.MESSAGE_TOO_LARGE,
                MasterSecretRefused.MASTER_SECRET_REFUSED,
                ResumptionFailed.RESUMPTION_FAILED,
                UnsafeRenegotiation.UNSAFE_RENEGOTIATION,
                EngineMisuse.ENGINE_MISUSE,
                KeysDisagree.TRANSCRIPT_ALTERED);
        put(
                Actor.NETWORK,
                RecordCorrupted.RECORD_CORRUPTED,
                RecordDesync.RECORD_DESYNC,
                ConnectionLost.PEER_CLOSED,
                ConnectionLost.CONNECTION_RESET,
                ConnectionLost.HANDSHAKE_TIMEOUT,
                ConnectionLost.CLOSE_WITHOUT_NOTIFY);
    }

    private Actors() {}

    /**
     * Who has to act.
     *
     * @param isClient whether the captured side is the client
     */
    public static Actor of(Finding finding, boolean isClient) {
        if (finding.isFromOtherEnd()) {
            return ofOwn(finding, !isClient).fromTheOtherSide();
        }
        return ofOwn(finding, isClient);
    }

    /** Whether a cause is listed here. */
    static boolean knows(CauseId cause) {
        return CLIENT.contains(cause) || SERVER.contains(cause) || USUAL.containsKey(cause);
    }

    private static Actor ofOwn(Finding finding, boolean isClient) {
        String first = finding.fix().isEmpty() ? "" : finding.fix().get(0);
        if (first.startsWith("In this JVM,")) {
            return Actor.US;
        }
        if (first.startsWith("On the peer,")) {
            return Actor.PEER;
        }
        if (first.startsWith("On the client,") || CLIENT.contains(finding.cause())) {
            return isClient ? Actor.US : Actor.PEER;
        }
        if (first.startsWith("On the server,") || SERVER.contains(finding.cause())) {
            return isClient ? Actor.PEER : Actor.US;
        }
        return USUAL.getOrDefault(finding.cause(), Actor.EITHER);
    }

    private static void put(Actor actor, CauseId... causes) {
        for (CauseId cause : causes) {
            USUAL.put(cause, actor);
        }
    }
}
