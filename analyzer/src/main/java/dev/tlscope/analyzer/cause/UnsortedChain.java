package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Rejections by the trust manager of TrustManagerFactory "SunX509" that the default, "PKIX", may not share: it follows
 * the chain as it was sent, and neither sorts it nor looks for another path (sun.security.validator.SimpleValidator).
 */
final class UnsortedChain implements Cause {
    private static final String VALIDATOR = "validator.SimpleValidator.";

    /** Its texts that concern the chain and not a single certificate. */
    private static final List<String> WORDS = List.of(
            "Certificate chaining error",
            "End user tried to act as a CA",
            "No trusted certificate found",
            "Certificate signature validation failed",
            "Violated path length constraints");

    @Override
    public List<CauseId> ids() {
        return List.of(UntrustedChain.UNTRUSTED_CHAIN, NoIssuer.MISSING_INTERMEDIATE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        boolean its = handshake.raised()
                && !chain.isEmpty()
                && handshake.cameThrough(VALIDATOR)
                && WORDS.stream().anyMatch(words -> FailureEvidence.said(handshake, words));
        if (!its) {
            return Optional.empty();
        }
        int gap = gap(chain);
        IssuerPath path = IssuerPath.of(handshake);
        return gap > 0 && path.anchor().isPresent()
                ? Optional.of(unsorted(handshake, chain, path, gap))
                : path.anchor().isPresent()
                        ? InvalidChain.validated(handshake, path, path.anchor().get())
                        : Optional.of(UntrustedChain.found(handshake));
    }

    /** Index of the first certificate that did not issue the one before it; 0 if the chain is in order. */
    private static int gap(List<X509Certificate> chain) {
        for (int at = 1; at < chain.size(); at++) {
            if (!chain.get(at - 1).getIssuerX500Principal().equals(chain.get(at).getSubjectX500Principal())
                    || chain.get(at).equals(chain.get(at - 1))) {
                return at;
            }
        }
        return 0;
    }

    private static Finding unsorted(Handshake handshake, List<X509Certificate> chain, IssuerPath path, int gap) {
        String peer = handshake.peerRole();
        X509Certificate stray = chain.get(gap);
        boolean twice = chain.indexOf(stray) < gap;
        List<String> manager = handshake.setUp(Field.TRUST_MANAGER);
        return new Finding(
                        UntrustedChain.UNTRUSTED_CHAIN,
                        Confidence.LIKELY,
                        "The " + peer + "'s chain is not in order, and this " + handshake.role()
                                + "'s trust manager does not sort it: certificate " + gap + ", "
                                + stray.getSubjectX500Principal().getName() + ", "
                                + (twice ? "was sent twice." : "did not issue the one before it."),
                        FailureEvidence.with(
                                handshake,
                                new Evidence("chain as sent", Certificates.subjects(chain)),
                                new Evidence("in order it would be", Certificates.subjects(path.certificates())),
                                new Evidence(
                                        "anchor that it leads to",
                                        path.anchor()
                                                .map(Certificates::describe)
                                                .orElse("none")),
                                new Evidence(
                                        "trust manager",
                                        (manager.isEmpty() ? "" : manager.get(0) + ", ")
                                                + "made by TrustManagerFactory \"SunX509\", with SimpleValidator")),
                        List.of(
                                "On the " + peer + ", send the chain in order: "
                                        + Certificates.subjects(path.certificates()) + " (RFC 5246, 7.4.2).",
                                "Or use TrustManagerFactory.getDefaultAlgorithm(), which is PKIX, on this "
                                        + handshake.role()
                                        + ": it builds its own path from what was sent (security property"
                                        + " ssl.TrustManagerFactory.algorithm)."))
                .or(Candidate.possible(
                        ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                        "whether the chain is taken in order, by openssl verify"));
    }
}
