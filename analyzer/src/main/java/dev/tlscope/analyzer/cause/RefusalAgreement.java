package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.refusal.Refusal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides which causes are compatible with a refusal whose place in the JDK's code is known. JSSE's own check decides:
 * anything else that looks odd in the capture did not cause this failure.
 */
final class RefusalAgreement {
    /**
     * The received data differs from what the peer sent, or from what was expected: any check of JSSE may be the first
     * to detect it.
     */
    private static final Set<CauseId> WHAT_ARRIVED = Set.of(
            PlaintextPeer.PLAINTEXT_PEER,
            PlaintextPeer.PLAINTEXT_CLIENT,
            PlaintextAlert.PLAINTEXT_ALERT,
            PeerRefusedCertificate.PEER_REFUSED_CERTIFICATE,
            RecordCorrupted.RECORD_CORRUPTED,
            RecordDesync.RECORD_DESYNC,
            EngineMisuse.ENGINE_MISUSE);

    /** TLS records other than the expected ones; JSSE's texts for them depend on how it reads them. */
    private static final Set<CauseId> ODD_RECORDS =
            Set.of(UnexpectedMessage.UNEXPECTED_MESSAGE, MalformedMessage.MALFORMED_MESSAGE);

    /** The two sides' keys or transcripts differ. */
    private static final Set<CauseId> KEYS = Set.of(
            OwnKeyMismatch.KEY_MISMATCH,
            PremasterVersion.PREMASTER_VERSION,
            KeysDisagree.TRANSCRIPT_ALTERED,
            KeysDisagree.SECRETS_DIVERGED,
            ProviderFailed.PROVIDER_FAILURE);

    /** The path from the peer's certificate to an anchor: a path builder reports all of these as no path. */
    private static final Set<CauseId> PATH = Set.of(
            UntrustedChain.UNTRUSTED_CHAIN,
            NoIssuer.MISSING_INTERMEDIATE,
            EmptyTrustStore.EMPTY_TRUST_STORE,
            InterceptingProxy.INTERCEPTING_PROXY,
            CertificateDates.CERTIFICATE_EXPIRED,
            CertificateDates.CERTIFICATE_NOT_YET_VALID,
            ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
            CertificateRejected.CERTIFICATE_REVOKED,
            WrongKeyUsage.WRONG_KEY_USAGE,
            AlgorithmUnavailable.ALGORITHM_UNAVAILABLE);

    /** The two sides' offers have nothing in common; the version determines which check comes first. */
    private static final Set<CauseId> OFFERS = Set.of(
            NoCommonProtocol.NO_COMMON_PROTOCOL,
            ProtocolDisabled.PROTOCOL_DISABLED,
            NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE,
            NoCommonCipherSuite.NO_USABLE_KEY,
            NoCommonGroup.NO_COMMON_GROUP,
            NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM,
            WeakDh.WEAK_DH);

    private static final Map<CauseId, Set<CauseId>> BEHIND = new HashMap<>();

    static {
        put(
                MalformedMessage.MALFORMED_MESSAGE,
                WHAT_ARRIVED,
                Set.of(
                        MessageTooLarge.MESSAGE_TOO_LARGE,
                        NoCommonProtocol.NO_COMMON_PROTOCOL,
                        NoCommonGroup.NO_COMMON_GROUP));
        put(UnexpectedMessage.UNEXPECTED_MESSAGE, WHAT_ARRIVED, Set.of(UnsafeRenegotiation.UNSAFE_RENEGOTIATION));
        put(
                RecordCorrupted.RECORD_CORRUPTED,
                WHAT_ARRIVED,
                KEYS,
                ODD_RECORDS,
                Set.of(MessageTooLarge.MESSAGE_TOO_LARGE));
        put(MessageTooLarge.MESSAGE_TOO_LARGE, WHAT_ARRIVED, ODD_RECORDS);
        Set<CauseId> otherVersion = Set.of(NoCommonProtocol.NO_COMMON_PROTOCOL);
        put(PlaintextPeer.PLAINTEXT_PEER, WHAT_ARRIVED, KEYS, ODD_RECORDS, otherVersion);
        put(PlaintextPeer.PLAINTEXT_CLIENT, WHAT_ARRIVED, KEYS, ODD_RECORDS, otherVersion);
        put(OwnKeyMismatch.KEY_MISMATCH, KEYS, WHAT_ARRIVED, Set.of(MalformedMessage.MALFORMED_MESSAGE));
        put(KeysDisagree.TRANSCRIPT_ALTERED, KEYS, WHAT_ARRIVED);
        put(UntrustedChain.UNTRUSTED_CHAIN, PATH);
        put(EmptyTrustStore.EMPTY_TRUST_STORE, PATH);
        put(CertificateDates.CERTIFICATE_EXPIRED, PATH);
        put(ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS, PATH, Set.of(WeakDh.WEAK_DH));
        put(CertificateRejected.CERTIFICATE_REVOKED, Set.of(ProviderFailed.PROVIDER_FAILURE));
        put(
                AlgorithmUnavailable.ALGORITHM_UNAVAILABLE,
                Set.of(ProviderFailed.PROVIDER_FAILURE, ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS));
        put(WrongKeyUsage.WRONG_KEY_USAGE, Set.of(ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS));
        put(HostnameMismatch.HOSTNAME_MISMATCH);
        put(NoCommonProtocol.NO_COMMON_PROTOCOL, OFFERS, Set.of(MalformedMessage.MALFORMED_MESSAGE));
        put(NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE, OFFERS);
        put(NoCommonCipherSuite.NO_USABLE_KEY, OFFERS, KEYS);
        put(NoCommonGroup.NO_COMMON_GROUP, OFFERS);
        put(
                NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM,
                OFFERS,
                KEYS,
                Set.of(MalformedMessage.MALFORMED_MESSAGE));
        put(ProtocolDisabled.PROTOCOL_DISABLED, OFFERS);
        put(WeakDh.WEAK_DH, OFFERS);
        put(NoCommonAlpn.NO_COMMON_ALPN);
        put(UnsafeRenegotiation.UNSAFE_RENEGOTIATION);
        put(ResumptionFailed.RESUMPTION_FAILED, KEYS);
        put(MasterSecretRefused.MASTER_SECRET_REFUSED, Set.of(ResumptionFailed.RESUMPTION_FAILED));
        put(ClientCertificateMissing.CLIENT_CERTIFICATE_MISSING);
    }

    private RefusalAgreement() {}

    /** True when a cause is compatible with that refusal; also for a place that does not show what led to it. */
    static boolean agrees(Refusal refusal, CauseId cause) {
        CauseId own = Catalogue.of(refusal.cause()).orElse(null);
        Set<CauseId> behind = own == null ? null : BEHIND.get(own);
        return behind == null
                || own == cause
                || cause == ProviderFailed.PROVIDER_FAILURE // it may have failed below any of JSSE's checks
                || behind.contains(cause)
                || (refusal.open() && ODD_RECORDS.contains(own) && ODD_RECORDS.contains(cause));
    }

    @SafeVarargs
    private static void put(CauseId refused, Set<CauseId>... behind) {
        Set<CauseId> all = new HashSet<>();
        for (Set<CauseId> some : behind) {
            all.addAll(some);
        }
        BEHIND.put(refused, Set.copyOf(all));
    }
}
