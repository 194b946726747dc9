package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.crypto.RsaPadding;
import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.analyzer.schedule.HandshakeSignature;
import dev.tlscope.tls.HandshakeType;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * key-mismatch, seen from the other side: the signature that proves the peer's private key does not verify under its
 * certificate's key, recomputed from the captured messages.
 */
final class PeerKeyMismatch implements Cause {
    @Override
    public List<CauseId> ids() {
        return List.of(OwnKeyMismatch.KEY_MISMATCH);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || !isAboutSignature(handshake)) {
            return Optional.empty();
        }
        return HandshakeSignature.ofPeer(handshake)
                .map(signature -> examine(handshake, signature))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** True when the failure was where JSSE verifies the peer's signature, as far as the stack shows. */
    static boolean isAboutSignature(Handshake handshake) {
        return !wentOn(handshake) && !failedElsewhere(handshake);
    }

    /** True when this side sent messages that follow the peer's signature, which means that JSSE had verified it. */
    private static boolean wentOn(Handshake handshake) {
        boolean signed = false;
        boolean wentOn = false;
        for (Message message : handshake.messages()) {
            if (message.is(HandshakeType.CLIENT_HELLO)) {
                signed = false; // a renegotiation
                wentOn = false;
            }
            signed |= !message.sent()
                    && (message.is(HandshakeType.SERVER_KEY_EXCHANGE) || message.is(HandshakeType.CERTIFICATE_VERIFY));
            wentOn |= signed && message.sent() && message.isHandshake();
        }
        return wentOn;
    }

    /** True when the exception came from another message's consumer, before or after the signature. */
    private static boolean failedElsewhere(Handshake handshake) {
        return handshake.cameThrough("sun.security.ssl.")
                && !handshake.cameThrough("ServerKeyExchange")
                && !handshake.cameThrough("CertificateVerify");
    }

    private static Optional<Finding> examine(Handshake handshake, HandshakeSignature signature) {
        Optional<SignatureScheme> scheme = SignatureScheme.of(signature.scheme());
        if (scheme.isEmpty() || ImpossibleSignature.isImpossible(signature) || signature.verifies()) {
            return Optional.empty();
        }
        String proof;
        if ((scheme.get().isPss() || scheme.get().isPkcs1())
                && signature.certificate().getPublicKey() instanceof RSAPublicKey key) {
            if (RsaPadding.isBy(key, scheme.get(), signature.signature())) {
                return Optional.empty(); // the right key over other bytes: the transcript differs, not the key
            }
            proof =
                    "the signature opened with the certificate's key has no padding of an RSA signature: another key made it, or it"
                            + " is no signature; the peer's own capture decides";
        } else if (handshake.isTls13()) {
            proof =
                    "the record that carried it decrypted under keys that depend on both hellos, so both sides agree on what"
                            + " was to be signed; only a peer that signs other bytes than it should would look the same";
        } else {
            proof = "an alteration of the hellos on the way would look the same; the peer's own capture decides";
        }
        return Optional.of(finding(handshake, signature, scheme.get(), proof));
    }

    private static Finding finding(
            Handshake handshake, HandshakeSignature signature, SignatureScheme scheme, String proof) {
        String peer = handshake.peerRole();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("certificate", Certificates.describe(signature.certificate())));
        evidence.add(new Evidence(
                "certificate's key SHA-256",
                Certificates.fingerprint(signature.certificate().getPublicKey())));
        evidence.add(new Evidence(
                signature.message() + " signature",
                scheme.name().toLowerCase(java.util.Locale.ROOT) + ", does not verify under the certificate's key"));
        evidence.add(new Evidence("why the key", proof));
        evidence.add(FailureEvidence.alert(handshake));
        evidence.add(FailureEvidence.stage(handshake));
        Finding finding = new Finding(
                OwnKeyMismatch.KEY_MISMATCH,
                Confidence.LIKELY,
                "The " + peer + " does not hold the private key of the certificate it sent ("
                        + signature.certificate().getSubjectX500Principal().getName() + ").",
                List.copyOf(evidence),
                List.of(
                        "On the " + peer
                                + ", install the certificate with its own private key; nothing is wrong on this side.",
                        "There, compare: openssl x509 -in CERT.pem -noout -pubkey | sha256sum, and openssl pkey -in KEY.pem"
                                + " -pubout | sha256sum, must be equal."));
        Candidate noSignature = Candidate.possible(
                MalformedMessage.MALFORMED_MESSAGE,
                "the " + peer + "'s capture: whether it made a signature at all, and which key it used");
        Candidate altered = Candidate.possible(
                KeysDisagree.TRANSCRIPT_ALTERED, "the " + peer + "'s capture: whether it signed the same bytes");
        return handshake.isTls13() ? finding.or(noSignature) : finding.or(altered, noSignature);
    }
}
