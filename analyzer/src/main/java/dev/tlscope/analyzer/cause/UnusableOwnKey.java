package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.KeyPairEvidence;
import dev.tlscope.analyzer.evidence.KeySchemes;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * This side has a key, but JSSE found no scheme to sign with: the peer lists none of the key's schemes, or the key's
 * provider supports none of the common ones, such as an HSM without RSASSA-PSS
 * (sun.security.ssl.SignatureScheme.getSignerOfPreferableAlgorithm).
 */
final class UnusableOwnKey {
    private static final String JSSE_WORDS = "No supported ";
    private static final String OF_ITS_KEY = "signature algorithm for ";

    private UnusableOwnKey() {}

    /**
     * The finding; empty if JSSE did not fail because of that, or the key was not captured.
     *
     * @param theirs the schemes that the peer lists
     */
    static Optional<Finding> of(Handshake handshake, List<String> theirs) {
        boolean refused = FailureEvidence.said(handshake, JSSE_WORDS) && FailureEvidence.said(handshake, OF_ITS_KEY);
        return refused && !theirs.isEmpty()
                ? handshake.keyPairs().stream()
                        .reduce((first, last) -> last)
                        .flatMap(pair -> KeyPairEvidence.leaf(pair).map(leaf -> finding(handshake, pair, leaf, theirs)))
                : Optional.empty();
    }

    private static Finding finding(Handshake handshake, Event pair, X509Certificate leaf, List<String> theirs) {
        PublicKey key = leaf.getPublicKey();
        List<String> own = KeySchemes.of(key, handshake.isTls13());
        List<String> common = own.stream().filter(theirs::contains).toList();
        boolean proven = !own.isEmpty() && common.isEmpty();
        String type = pair.text(Field.CLASS);
        String what = "this " + handshake.role() + "'s key (" + KeySchemes.describe(key) + ", alias "
                + Optional.ofNullable(pair.text(Field.ALIAS)).orElse("not known") + ")";
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "signature schemes of the key", own.isEmpty() ? "no scheme of this version of TLS" : Lists.few(own)));
        evidence.add(new Evidence(handshake.peerRole() + " takes", Lists.few(theirs)));
        evidence.add(new Evidence("common", common.isEmpty() ? "none" : Lists.few(common)));
        if (type != null) {
            evidence.add(new Evidence("class of the private key", type));
        }
        evidence.addAll(KeyPairEvidence.of(pair).stream().limit(2).toList());
        return new Finding(
                NoCommonSignatureAlgorithm.NO_COMMON_SIGNATURE_ALGORITHM,
                proven ? Confidence.CERTAIN : Confidence.LIKELY,
                common.isEmpty()
                        ? "The " + handshake.peerRole() + " takes no signature that " + what + " can make."
                        : "The provider of " + what + " supports none of the signature schemes that the "
                                + handshake.peerRole() + " takes, though such a key could.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                common.isEmpty() ? otherKey(handshake, own) : otherProvider(handshake, common));
    }

    private static List<String> otherKey(Handshake handshake, List<String> own) {
        return List.of(
                "Give this " + handshake.role()
                        + " a key that all peers accept, beside it or instead: RSA, or EC with P-256 (secp256r1).",
                "Or have the " + handshake.peerRole() + " take "
                        + (own.isEmpty() ? "a version of TLS that has a scheme for it" : String.join(", ", own)) + ".");
    }

    private static List<String> otherProvider(Handshake handshake, List<String> common) {
        boolean pss = common.stream().anyMatch(scheme -> scheme.startsWith("rsa_pss_"));
        List<String> steps = new ArrayList<>();
        if (pss) {
            steps.add(
                    "TLS 1.3 requires RSASSA-PSS for an RSA key: use a provider or an HSM's library" + " that has it.");
            steps.add("Else keep to TLS 1.2, where PKCS#1 signatures do: "
                    + (handshake.isClient()
                            ? "-Djdk.tls.client.protocols=TLSv1.2"
                            : "-Djdk.tls.server.protocols=TLSv1.2")
                    + "; or use an EC key.");
        }
        steps.add("Check which Signature services the provider of the private key's class has for "
                + String.join(", ", common) + ".");
        return List.copyOf(steps);
    }
}
