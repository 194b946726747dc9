package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import java.util.List;
import java.util.Optional;

/** All causes, in the order in which they are asked; the last two take what no other explains. */
public final class Causes {
    private static final List<Cause> ORDER = List.of(
            new OwnKeyMismatch(),
            new PeerKeyMismatch(),
            new PremasterVersion(),
            new RsaKeyExchangeRefused(),
            new PlaintextPeer(),
            new PlaintextAlert(),
            new MessageTooLarge(),
            new ApplicationThrew(),
            new UnsafeRenegotiation(),
            new ResumptionFailed(),
            new NoCommonGroup(),
            new NoCommonSignatureAlgorithm(),
            new WeakDh(),
            new MalformedMessage(),
            new ProtocolDisabled(),
            new NoCommonProtocol(),
            new NoCommonCipherSuite(),
            new NoCommonAlpn(),
            new UnrecognizedName(),
            new ClientCertificateMissing(),
            new CertificateDates(),
            new WrongKeyUsage(),
            new CertificateRejected(),
            new InterceptingProxy(),
            new UntrustedChain(),
            new HostnameMismatch(),
            new PeerRefusedCertificate(),
            new ConnectionLost(),
            new RecordDamage(),
            new UnexpectedMessage(),
            new RefusedHello(),
            new PeerAlert(),
            new Internal());

    private Causes() {}

    /** Why it failed. */
    public static Finding of(Handshake handshake) {
        return ORDER.stream()
                .map(cause -> cause.examine(handshake))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this handshake did not fail"));
    }
}
