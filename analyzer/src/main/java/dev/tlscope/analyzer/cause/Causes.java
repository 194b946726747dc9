package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.ConnectionPair;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.refusal.Refusal;
import dev.tlscope.analyzer.refusal.Refusals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All causes, in the order in which they are examined; those from PeerAlert on apply when no other explains the failure. */
public final class Causes {
    static final List<Cause> ORDER = List.of(
            new RefusedAfterHandshake(),
            new NoCommonAlpn(),
            new AlgorithmUnavailable(),
            new OwnKeyMismatch(),
            new ImpossibleSignature(),
            new PeerKeyMismatch(),
            new PremasterVersion(),
            new PremasterReplaced(),
            new OwnDerivation(),
            new VerifiedButRefused(),
            new OwnRecord(),
            new RecordDesync(),
            new RsaKeyExchangeRefused(),
            new UnexpectedRecord(),
            new Ssl2Hello(),
            new PlaintextPeer(),
            new PlaintextAlert(),
            new OddProtectedRecord(),
            new RefusedEarlyData(),
            new NoTlsRecord(),
            new MessageTooLarge(),
            new ProviderFailed(),
            new TrustManagerRefused(),
            new ApplicationThrew(),
            new UnsafeRenegotiation(),
            new MasterSecretRefused(),
            new ResumptionFailed(),
            new NoCommonGroup(),
            new ImpossiblePublicValue(),
            new NoCommonSignatureAlgorithm(),
            new WeakDh(),
            new ClientCertificateMissing(),
            new MalformedMessage(),
            new ProtocolDisabled(),
            new NoCommonProtocol(),
            new NoCommonCipherSuite(),
            new UnrecognizedName(),
            new EmptyTrustStore(),
            new CertificateDates(),
            new DistrustedAuthority(),
            new ValidatorWords(),
            new WrongKeyUsage(),
            new CertificateRejected(),
            new ExplicitCurve(),
            new UnreadableCertificate(),
            new UnsortedChain(),
            new InvalidChain(),
            new InterceptingProxy(),
            new UntrustedChain(),
            new HostnameMismatch(),
            new PeerRefusedCertificate(),
            new ConnectionLost(),
            new RecordCorrupted(),
            new KeysDisagree(),
            new ProtectionRefused(),
            new UnexpectedMessage(),
            new RefusedHello(),
            new PeerAlert(),
            new RefusedByStack(),
            new KnownRefusal(),
            new JdkDefect(),
            new Internal());

    /**
     * Causes that are certain but invisible in messages, records and secrets: one end's key does not belong to its
     * certificate.
     */
    private static final Set<CauseId> ABOUT_THE_KEY =
            Set.of(OwnKeyMismatch.KEY_MISMATCH, PremasterVersion.PREMASTER_VERSION);

    /** They are certain of what this end saw, and say nothing of why the other end did it. */
    private static final Set<CauseId> SYMPTOMS = Set.of(
            ConnectionLost.PEER_CLOSED,
            ConnectionLost.CONNECTION_RESET,
            ConnectionLost.HANDSHAKE_TIMEOUT,
            ConnectionLost.CLOSE_WITHOUT_NOTIFY,
            PeerAlert.PEER_ALERT);

    private Causes() {}

    /** Why the handshake failed. */
    public static Finding of(Handshake handshake) {
        return oneSided(handshake);
    }

    /**
     * Why the handshake failed, with the other end's capture.
     *
     * @param other the same connection at its other end; null if that was not captured
     */
    public static Finding of(Handshake handshake, @Nullable Handshake other) {
        Finding own = oneSided(handshake);
        Optional<ConnectionPair> ends = other == null ? Optional.empty() : ConnectionPair.of(handshake, other);
        if (other == null || ends.isEmpty()) {
            return own;
        }
        Optional<Finding> theirs = other.failed() ? Optional.of(oneSided(other)) : Optional.empty();
        boolean key = isAboutTheKey(own) || theirs.filter(Causes::isAboutTheKey).isPresent();
        Optional<Finding> compared =
                key ? Optional.empty() : compared(own, theirs, handshake, Comparison.of(ends.get()));
        if (compared.isPresent()) {
            return compared.get();
        }
        return theirs.filter(finding -> finding.confidence() == Confidence.CERTAIN)
                .filter(finding -> other.raised() || ABOUT_THE_KEY.contains(finding.cause()))
                .filter(finding -> own.confidence() != Confidence.CERTAIN || isSymptomOf(own, finding))
                .map(finding -> KnownServer.withWhatItTakes(handshake, other, finding.reportedBy(other.role())))
                .orElse(own);
    }

    /** True where this end saw only that the connection ended, and the other end knows why. */
    private static boolean isSymptomOf(Finding own, Finding theirs) {
        return SYMPTOMS.contains(own.cause()) && !SYMPTOMS.contains(theirs.cause());
    }

    private static Optional<Finding> compared(
            Finding own, Optional<Finding> theirs, Handshake handshake, Comparison comparison) {
        return new TwoEnds(handshake, comparison)
                .examine()
                .or(() -> LostOnTheWay.of(own, handshake, comparison))
                .or(() -> theirs.filter(finding -> own.confidence() != Confidence.CERTAIN)
                        .flatMap(finding -> LostOnTheWay.of(finding, handshake, comparison)));
    }

    private static boolean isAboutTheKey(Finding finding) {
        return finding.confidence() == Confidence.CERTAIN && ABOUT_THE_KEY.contains(finding.cause());
    }

    /** The first cause that the evidence shows and that is compatible with the check of the JDK that refused. */
    private static Finding oneSided(Handshake handshake) {
        Optional<Refusal> refusal = decisive(handshake);
        Finding contradicted = null;
        for (Cause cause : ORDER) {
            Optional<Finding> finding = cause.examine(handshake);
            if (finding.isPresent()) {
                if (cause instanceof KnownRefusal
                        || agrees(refusal, finding.get())
                        || isBehindAlert(handshake, refusal, finding.get())) {
                    Finding weighed = KnownRefusal.confirmed(handshake, finding.get());
                    return contradicted == null ? weighed : contradicted(weighed, contradicted);
                }
                contradicted = contradicted == null ? finding.get() : contradicted;
            }
        }
        throw new IllegalArgumentException("this handshake did not fail");
    }

    /**
     * True for a key that is not the certificate's where the peer's alert came in plain text: JSSE's check tells then that
     * an alert does not decrypt, and nothing of the reason for it.
     */
    private static boolean isBehindAlert(Handshake handshake, Optional<Refusal> refusal, Finding finding) {
        return isAboutTheKey(finding)
                && PlaintextAlert.description(handshake).isPresent()
                && refusal.filter(check -> RefusalAgreement.agrees(check, PlaintextAlert.PLAINTEXT_ALERT))
                        .isPresent();
    }

    /** True when a finding is compatible with the check of the JDK that refused, or no such check is known. */
    static boolean agrees(Handshake handshake, Finding finding) {
        return agrees(decisive(handshake), finding);
    }

    private static boolean agrees(Optional<Refusal> refusal, Finding finding) {
        return refusal.isEmpty() || RefusalAgreement.agrees(refusal.get(), finding.cause());
    }

    /**
     * The check of the JDK that refused, if the stack contains it and no exception below it has a more specific reason.
     */
    private static Optional<Refusal> decisive(Handshake handshake) {
        return handshake.raised()
                ? Refusals.of(handshake).filter(Refusal::confirmed).filter(Refusal::innermost)
                : Optional.empty();
    }

    /** JSSE refused for another reason than the evidence suggested first; that one becomes a candidate. */
    private static Finding contradicted(Finding finding, Finding other) {
        return finding.cause() == other.cause() || other.cause() == Internal.INTERNAL
                ? finding
                : finding.or(Candidate.possible(
                        other.cause(), "whether it matters beside what JSSE refused: " + other.summary()));
    }
}
