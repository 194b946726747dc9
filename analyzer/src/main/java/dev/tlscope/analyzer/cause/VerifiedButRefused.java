package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.JdkProviders;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.refusal.Refusals;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.schedule.HandshakeSignature;
import dev.tlscope.analyzer.schedule.Negotiation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * provider-failure: JSSE refused a record's MAC or tag, or the peer's signature, and what was captured verifies when it
 * is recomputed. The peer and the network are then no part of it: a provider of this JVM, a compiled method or an
 * intrinsic of HotSpot, or JSSE itself computes wrongly.
 */
final class VerifiedButRefused implements Cause {
    @Override
    public List<CauseId> ids() {
        return List.of(ProviderFailed.PROVIDER_FAILURE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        return handshake.raised()
                ? FailedRecord.of(handshake)
                        .filter(VerifiedButRefused::isRight)
                        .map(VerifiedButRefused::record)
                        .or(() -> refusedSignature(handshake)
                                .filter(HandshakeSignature::verifies)
                                .map(signature -> signature(handshake, signature)))
                : Optional.empty();
    }

    /** JSSE says that the tag, the MAC or the padding is wrong, and at the same place they are right. */
    private static boolean isRight(FailedRecord failed) {
        RecordCheck check = failed.check();
        return check != null
                && check.verdict() == Verdict.VERIFIED
                && check.isProtected()
                && check.sequence() == failed.sequence()
                && failed.isUnverifiedByJsse();
    }

    /** The peer's last signature, if JSSE refused it; empty if it refused something else, or it was not captured. */
    private static Optional<HandshakeSignature> refusedSignature(Handshake handshake) {
        boolean refused = Refusals.of(handshake)
                .filter(refusal -> refusal.confirmed()
                        && Catalogue.of(refusal.cause()).orElse(null) == OwnKeyMismatch.KEY_MISMATCH)
                .isPresent();
        List<Negotiation> negotiations = refused ? Negotiation.of(handshake) : List.of();
        return negotiations.isEmpty()
                ? Optional.empty()
                : HandshakeSignature.of(negotiations.get(negotiations.size() - 1), !handshake.isClient());
    }

    private static Finding record(FailedRecord failed) {
        Handshake handshake = failed.handshake();
        List<Evidence> facts = new ArrayList<>();
        facts.add(failed.describe());
        facts.add(new Evidence(
                "recomputed",
                "its MAC or tag verifies at its own sequence number, under the keys that this JVM's own secrets give"));
        facts.add(Evidence.captured("cipher suite", handshake.cipherSuite()));
        Finding finding = finding(
                handshake,
                handshake.isEngine() ? Confidence.LIKELY : Confidence.CERTAIN,
                "This JVM refused a record that is right: its MAC or tag verifies under this JVM's own keys, so that its own"
                        + " decryption went wrong.",
                facts);
        return handshake.isEngine()
                ? finding.or(Candidate.possible(
                        EngineMisuse.ENGINE_MISUSE,
                        "whether this side's application writes to the buffer while SSLEngine.unwrap reads it"))
                : finding;
    }

    private static Finding signature(Handshake handshake, HandshakeSignature signature) {
        List<Evidence> facts = new ArrayList<>();
        facts.add(new Evidence("message", signature.message()));
        facts.add(new Evidence("signature scheme", SignatureSchemes.nameOf(signature.scheme())));
        facts.add(new Evidence("certificate", Certificates.describe(signature.certificate())));
        facts.add(
                new Evidence(
                        "recomputed",
                        "the signature verifies with the certificate's key over the messages that this side sent and received"));
        return finding(
                handshake,
                Confidence.CERTAIN,
                "This JVM refused a signature of the " + handshake.peerRole()
                        + "'s that is right: it verifies with the certificate's key, so that this JVM's own check went wrong.",
                facts);
    }

    private static Finding finding(Handshake handshake, Confidence confidence, String summary, List<Evidence> facts) {
        String version = handshake.policy("java.runtime.version").orElse("of a version that was not captured");
        String vm = handshake.policy("java.vm.name").map(name -> ", " + name).orElse("");
        facts.addAll(JdkProviders.ofFailure(handshake));
        facts.add(new Evidence("JDK", version + vm));
        return new Finding(
                ProviderFailed.PROVIDER_FAILURE,
                confidence,
                summary,
                FailureEvidence.with(handshake, facts.toArray(new Evidence[0])),
                List.of(
                        "Use another update of this JDK (" + version
                                + "), and search bugs.openjdk.org for the exception and the class that threw it.",
                        "To tell the provider from the compiler, run once with -Xint, and once with"
                                + " -XX:+UnlockDiagnosticVMOptions -XX:-UseAESIntrinsics -XX:-UseGHASHIntrinsics: where a failure"
                                + " goes away, a compiled method or an intrinsic is at fault.",
                        "Where a provider that is not the JDK's comes first in the list, put it behind the JDK's own; take off"
                                + " agents that change the JDK's classes.",
                        "tlscope verify shows the check beside every other value of the connection."));
    }
}
