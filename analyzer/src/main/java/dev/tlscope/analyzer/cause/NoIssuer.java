package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.ExtensionFacts;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.MissingIssuer;
import dev.tlscope.analyzer.evidence.TrustStore;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * missing-intermediate or untrusted-chain: the chain stops at an issuer that is neither sent nor an anchor. The kind of
 * issuer decides which side is at fault.
 */
final class NoIssuer {
    static final CauseId MISSING_INTERMEDIATE = CauseId.of(
            "missing-intermediate",
            FixedBy.PEER,
            "The peer sent its certificate without the one of an intermediate authority.",
            "a gap in the chain as sent: an issuer that is neither in it nor an anchor; that it is an intermediate by another"
                    + " certificate, by the authorityKeyIdentifier, or by what came with it",
            "Send the full chain from the peer.",
            "RFC 5246, 7.4.2; RFC 8446, 4.4.2");

    private NoIssuer() {}

    static Finding finding(Handshake handshake, IssuerPath path, MissingIssuer missing) {
        return missing.intermediate() ? intermediate(handshake, path, missing) : root(handshake, path, missing);
    }

    private static Finding root(Handshake handshake, IssuerPath path, MissingIssuer missing) {
        Finding finding = UntrustedChain.untrusted(handshake, path, missing.confidence(), missing.reason());
        return missing.confidence() == Confidence.CERTAIN
                ? finding
                : finding.or(Candidate.possible(
                        MISSING_INTERMEDIATE,
                        "whether " + UntrustedChain.issuer(path)
                                + " is issued by an authority that is trusted here: then the " + handshake.peerRole()
                                + " has to send its certificate"));
    }

    private static Finding intermediate(Handshake handshake, IssuerPath path, MissingIssuer missing) {
        String peer = handshake.peerRole();
        String issuer = UntrustedChain.issuer(path);
        String top = path.top().getSubjectX500Principal().getName();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("missing", issuer));
        evidence.add(new Evidence("why it is an intermediate", missing.reason()));
        evidence.addAll(UntrustedChain.facts(handshake, path));
        Optional<String> location = ExtensionFacts.issuerLocation(path.top());
        List<String> fix = new ArrayList<>();
        fix.add("On the " + peer + ", send the full chain: after " + top + " the certificate of " + issuer
                + location.map(uri -> ", which is found at " + uri).orElse("") + ", then every other intermediate.");
        if (missing.confidence() != Confidence.CERTAIN) {
            fix.add("If " + issuer + " is itself the root, import it into this " + handshake.role()
                    + "'s trust store: keytool -importcert -file CA.pem -keystore "
                    + TrustStore.of(handshake).keytoolName() + ".");
        }
        Finding finding = new Finding(
                MISSING_INTERMEDIATE,
                missing.confidence(),
                "The " + peer + " sent " + top + " without the certificate of its issuer, " + issuer + ".",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix);
        return missing.confidence() == Confidence.CERTAIN
                ? finding
                : finding.or(
                        Candidate.possible(UntrustedChain.UNTRUSTED_CHAIN, "whether " + issuer + " is itself a root"));
    }
}
