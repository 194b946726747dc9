package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.evidence.EcdsaForm;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.analyzer.schedule.HandshakeSignature;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * malformed-message: no key of the certificate's type can have made the signature that the peer sent. Its scheme is one of another
 * key type (RFC 8446, 4.4.3; RFC 5246, 7.4.3), or it has not the form that
 * one of that key has: an RSA signature as long as the modulus (RFC 8017, 8.1.2 and 8.2.2), an ECDSA signature in DER (RFC 8422, 5.4).
 * Such a signature says nothing of whether the peer holds the private key.
 */
final class ImpossibleSignature implements Cause {
    @Override
    public List<CauseId> ids() {
        return List.of(MalformedMessage.MALFORMED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || !PeerKeyMismatch.isAboutSignature(handshake)) {
            return Optional.empty();
        }
        return HandshakeSignature.ofPeer(handshake)
                .map(signature -> examine(handshake, signature))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** True when no key of the certificate's type produces such a signature. */
    static boolean isImpossible(HandshakeSignature signature) {
        return ofOtherKey(signature).or(() -> ofValue(signature)).isPresent();
    }

    private static Optional<Finding> examine(Handshake handshake, HandshakeSignature signature) {
        return ofOtherKey(signature)
                .or(() -> isSchemeRefused(handshake) ? Optional.empty() : ofValue(signature))
                .or(() -> ofOlderVersion(handshake, signature))
                .map(defect -> finding(handshake, signature, defect));
    }

    /** JSSE checks the scheme first, and does not look at the bytes of a signature whose scheme it refuses. */
    private static boolean isSchemeRefused(Handshake handshake) {
        return FailureEvidence.said(handshake, "nvalid signature algorithm (")
                || FailureEvidence.said(handshake, "nsupported signature algorithm (");
    }

    /** TLS 1.3 allows RSASSA-PKCS1-v1_5, SHA-1 and DSA only for certificates (RFC 8446, 4.2.3 and 4.4.3). */
    private static Optional<String> ofOlderVersion(Handshake handshake, HandshakeSignature signature) {
        return SignatureScheme.of(signature.scheme())
                .filter(scheme -> handshake.isTls13()
                        && (scheme.isPkcs1()
                                || scheme.name().startsWith("DSA")
                                || scheme.name().endsWith("SHA1")))
                .map(scheme -> "the scheme " + SignatureSchemes.nameOf(scheme.code())
                        + " must not sign a CertificateVerify of TLS 1.3");
    }

    private static Optional<String> ofOtherKey(HandshakeSignature signature) {
        PublicKey key = signature.certificate().getPublicKey();
        return SignatureScheme.of(signature.scheme())
                .filter(scheme -> !scheme.fits(key))
                .map(scheme ->
                        "the scheme is of another key type than the certificate's key, which is " + key.getAlgorithm());
    }

    /** Describes what is wrong with the signature's bytes. */
    private static Optional<String> ofValue(HandshakeSignature signature) {
        PublicKey key = signature.certificate().getPublicKey();
        if (key instanceof RSAPublicKey rsa) {
            int length = (rsa.getModulus().bitLength() + 7) / 8;
            if (signature.signature().length != length) {
                return Optional.of("the signature has " + signature.signature().length
                        + " bytes; one of the certificate's RSA key has " + length);
            }
            return isTrivial(new BigInteger(1, signature.signature()))
                    ? Optional.of("the signature is the number " + new BigInteger(1, signature.signature())
                            + ", which no RSA key makes of a padded hash")
                    : Optional.empty();
        }
        boolean elliptic = key.getAlgorithm().equals("EC");
        return elliptic && !EcdsaForm.fits(signature.signature())
                ? Optional.of(
                        "the signature is no DER sequence of two integers (RFC 8422, 5.4), as every one of an EC key is")
                : Optional.empty();
    }

    /** 0 and 1 are their own powers, so that decryption gives them back without padding, whatever the key is. */
    private static boolean isTrivial(BigInteger signature) {
        return signature.compareTo(BigInteger.ONE) <= 0;
    }

    private static Finding finding(Handshake handshake, HandshakeSignature signature, String defect) {
        String scheme = SignatureSchemes.nameOf(signature.scheme());
        return new Finding(
                MalformedMessage.MALFORMED_MESSAGE,
                Confidence.CERTAIN,
                "The " + handshake.peerRole() + "'s " + signature.message()
                        + " has a signature that its certificate's key cannot make: " + defect + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", signature.message()),
                        new Evidence("signature scheme", signature.scheme() < 0 ? "none named" : scheme),
                        new Evidence("what is wrong", defect),
                        new Evidence("certificate", Certificates.describe(signature.certificate()))),
                List.of(
                        "Find out which TLS implementation the " + handshake.peerRole()
                                + " has, and its version: it made this signature.",
                        "If it signs with a hardware key or an engine, check which key and scheme that is configured for."));
    }
}
