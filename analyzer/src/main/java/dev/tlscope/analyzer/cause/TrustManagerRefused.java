package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.evidence.TrustStore;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trust manager of the application or a library rejected the chain with an exception of its own, and the captured
 * certificates show the reason: a name, a date, an unknown authority. A trust manager that wraps others and discards
 * their exceptions gives little information.
 */
final class TrustManagerRefused implements Cause {
    private static final Pattern NAME =
            Pattern.compile("(?i)host ?name|subject alternative|doesn't match|does not match");
    private static final Pattern QUOTED = Pattern.compile("<([^<>\\s]+)>");
    private static final Pattern TRUST =
            Pattern.compile("(?i)\\btrust|\\banchor|certification path|unknown (ca|authority)");

    @Override
    public List<CauseId> ids() {
        return List.of(
                HostnameMismatch.HOSTNAME_MISMATCH,
                CertificateDates.CERTIFICATE_EXPIRED,
                CertificateDates.CERTIFICATE_NOT_YET_VALID,
                UntrustedChain.UNTRUSTED_CHAIN,
                NoIssuer.MISSING_INTERMEDIATE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Event failure = handshake.failure();
        List<X509Certificate> chain = handshake.certificates(false);
        if (failure == null || !handshake.raised() || chain.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> manager = manager(handshake);
        if (manager.isEmpty()) {
            return Optional.empty();
        }
        List<String> said = failure.texts(Field.EXCEPTION);
        return name(handshake, chain.get(0), said, manager.get())
                .or(() -> CertificateDates.outOfDate(handshake)
                        .map(finding -> by(handshake, finding, manager.get(), said)))
                .or(() -> said.stream().anyMatch(link -> TRUST.matcher(link).find())
                        ? Optional.of(by(handshake, UntrustedChain.found(handshake), manager.get(), said))
                        : Optional.empty());
    }

    /**
     * The class that rejected the chain, if JSSE called it to check certificates and it threw its own exception about
     * them.
     */
    private static Optional<String> manager(Handshake handshake) {
        List<String> frames = handshake.frames();
        boolean about = handshake.threw("java.security.cert.CertificateException")
                || handshake.threw("javax.net.ssl.SSLPeerUnverifiedException");
        return about && Frames.thrownByApplication(frames).isPresent()
                ? Frames.calledByJsse(frames)
                        .filter(frame -> Frames.methodName(frame).startsWith("check"))
                        .map(Frames::className)
                : Optional.empty();
    }

    private static Optional<Finding> name(
            Handshake handshake, X509Certificate leaf, List<String> said, String manager) {
        if (said.stream().noneMatch(link -> NAME.matcher(link).find())) {
            return Optional.empty();
        }
        String host = said.stream()
                .map(QUOTED::matcher)
                .filter(Matcher::find)
                .map(quoted -> quoted.group(1))
                .findFirst()
                .orElse(handshake.peerHost());
        if (host == null) {
            return Optional.empty();
        }
        boolean proven = !HostNames.matches(host, HostNames.of(leaf));
        Finding finding = new Finding(
                HostnameMismatch.HOSTNAME_MISMATCH,
                proven ? Confidence.CERTAIN : Confidence.LIKELY,
                "The " + handshake.peerRole() + "'s certificate is not valid for " + host + ", according to " + manager
                        + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("host asked for", host),
                        new Evidence("certificate is valid for", String.join(", ", HostNames.of(leaf))),
                        new Evidence("certificate", Certificates.describe(leaf)),
                        new Evidence("checked by", manager),
                        new Evidence("its words", said.get(said.size() - 1))),
                List.of(
                        "Connect by a name that the certificate has, or have a certificate issued with " + host
                                + " as subjectAltName.",
                        "Check which name " + manager
                                + " compares: it may be what reverse DNS makes of the address, and not the one in the"
                                + " configuration."));
        return Optional.of(
                proven
                        ? finding
                        : finding.or(Candidate.possible(Internal.INTERNAL, "what " + manager + " compares in truth")));
    }

    /** At most likely, because the class may have had another reason. */
    private static Finding by(Handshake handshake, Finding finding, String manager, List<String> said) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("refused by", manager));
        evidence.add(new Evidence("its words", said.get(said.size() - 1)));
        evidence.addAll(finding.evidence());
        boolean shown = finding.evidence().stream().anyMatch(fact -> fact.what().equals("trust anchors"));
        if (!shown && handshake.anchorCount().isPresent()) {
            evidence.addAll(TrustStore.of(handshake).evidence());
        }
        Finding told = new Finding(
                finding.cause(),
                finding.confidence() == Confidence.CERTAIN ? Confidence.LIKELY : finding.confidence(),
                finding.summary(),
                List.copyOf(evidence),
                finding.fix(),
                finding.candidates());
        return told.or(Candidate.possible(Internal.INTERNAL, "the code of " + manager + ", which refused it"));
    }
}
