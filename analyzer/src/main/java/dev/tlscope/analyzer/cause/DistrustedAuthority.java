package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * untrusted-chain: the JDK distrusts the authority by a rule of its own, although it is an anchor
 * (sun.security.validator.CADistrustPolicy, called by EndEntityChecker).
 */
final class DistrustedAuthority implements Cause {
    private static final String PROPERTY = "jdk.security.caDistrustPolicies";

    @Override
    public List<CauseId> ids() {
        return List.of(UntrustedChain.UNTRUSTED_CHAIN);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        boolean fits = handshake.raisedAboutCertificate() && isMeant(handshake) && !chain.isEmpty();
        return fits ? Optional.of(finding(handshake, chain)) : Optional.empty();
    }

    /** True when the exception came from SymantecTLSPolicy, EntrustTLSPolicy or a similar class. */
    static boolean isMeant(Handshake handshake) {
        return handshake.cameThrough("TLSPolicy.checkDistrust(");
    }

    private static Finding finding(Handshake handshake, List<X509Certificate> chain) {
        return new Finding(
                UntrustedChain.UNTRUSTED_CHAIN,
                Confidence.CERTAIN,
                "This JDK distrusts the authority that the server's chain leads to, by a rule of its own; the trust store"
                        + " has it.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("chain as sent", Certificates.subjects(chain)),
                        new Evidence(PROPERTY, handshake.policy(PROPERTY).orElse("not captured"))),
                List.of(
                        "On the server, have the certificate issued by another authority: this one's newer certificates are"
                                + " refused by every current JDK.",
                        "Only for a host that you are responsible for: remove the authority's policy from " + PROPERTY
                                + " in java.security, or in the file that -Djava.security.properties names."));
    }
}
