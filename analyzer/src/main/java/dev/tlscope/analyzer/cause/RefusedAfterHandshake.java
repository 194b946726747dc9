package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * refused-after-handshake: the client's library checked the server's name or certificate after JSSE had completed the
 * handshake, and closed. The agent records it if that library threw SSLPeerUnverifiedException or an
 * SSLHandshakeException of its own, or the JDK's own HttpsClient closed.
 */
final class RefusedAfterHandshake implements Cause {
    static final CauseId REFUSED_AFTER_HANDSHAKE = CauseId.of(
            "refused-after-handshake",
            FixedBy.EITHER,
            "The client's own check of the server's name or certificate refused, after the handshake had completed.",
            "a close without application data, what the client threw before it, who closed, and the host beside the certificate's"
                    + " names",
            "Connect by a name of the certificate, or have the name added; where a pin refuses, check"
                    + " which certificate was meant.",
            "RFC 9525, 6; RFC 9110, 4.3.4");

    private static final String UNVERIFIED = "javax.net.ssl.SSLPeerUnverifiedException";

    /** Libraries make it for other reasons as well. */
    private static final String HANDSHAKE = "javax.net.ssl.SSLHandshakeException";

    private static final int FRAMES = 4;

    @Override
    public List<CauseId> ids() {
        return List.of(REFUSED_AFTER_HANDSHAKE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean refused = handshake.failure() != null
                && "refused".equals(handshake.failure().text(Field.GIVEN_UP));
        return refused ? Optional.of(finding(handshake)) : Optional.empty();
    }

    private static Finding finding(Handshake handshake) {
        Optional<String> said = FailureEvidence.innermost(handshake)
                .filter(words -> words.startsWith(UNVERIFIED) || words.startsWith(HANDSHAKE));
        Optional<X509Certificate> leaf = handshake.certificates(false).stream().findFirst();
        String host = handshake.peerHost();
        boolean pin = said.filter(words -> words.contains("pinning") || words.contains("Pinned"))
                .isPresent();
        boolean mismatch = host != null
                && leaf.isPresent()
                && !pin
                && !HostNames.matches(host, HostNames.comparedWith(host, leaf.get()));
        boolean valid = host != null && leaf.isPresent() && !pin && !mismatch;
        List<Evidence> evidence = new ArrayList<>();
        said.ifPresent(words -> evidence.add(new Evidence("the client threw", words)));
        evidence.add(
                new Evidence("who closed", Frames.orWhyNot(Frames.usersOfTls(handshake.frames(), FRAMES), handshake)));
        if (host != null) {
            evidence.add(new Evidence("host asked for", host));
        }
        leaf.ifPresent(certificate -> {
            List<String> names = HostNames.of(certificate);
            evidence.add(
                    new Evidence("certificate is valid for", names.isEmpty() ? "no name at all" : Lists.few(names)));
            evidence.add(new Evidence("certificate", Certificates.describe(certificate)));
        });
        if (valid) {
            evidence.add(new Evidence("compared by tlscope", host + " is a name of the certificate (RFC 9525, 6.3)"));
        }
        evidence.add(new Evidence("application data sent", "none"));
        return new Finding(
                REFUSED_AFTER_HANDSHAKE,
                mismatch
                                || (leaf.isPresent()
                                        && said.filter(words -> words.startsWith(UNVERIFIED))
                                                .isPresent())
                        ? Confidence.CERTAIN
                        : Confidence.LIKELY,
                mismatch
                        ? "The handshake completed, and this client refused the server's name itself: the certificate is not valid"
                                + " for " + host + "."
                        : pin
                                ? "The handshake completed, and this client refused the server's certificate itself: no certificate that it"
                                        + " pins is in the chain."
                                : valid
                                        ? "The handshake completed, and this client's own check refused the server, though the"
                                                + " certificate is valid for " + host + "."
                                        : "The handshake completed, and this client refused the server's name or certificate itself.",
                List.copyOf(evidence),
                valid ? checkFix(said.orElse("")) : fix(mismatch, host, leaf));
    }

    /** What refuses a certificate that has the name: the rules of a verifier beyond RFC 9525, or a pin. */
    private static List<String> checkFix(String said) {
        List<String> fix = new ArrayList<>();
        fix.add(
                "The certificate needs no change: look at the check of the library or application above, and update it.");
        if (said.contains("subject alternative names")) {
            fix.add(
                    "Apache HttpClient compares with the public suffix list as well, where names such as s3.amazonaws.com or github.io are"
                            + " suffixes themselves: release 5.4.3 refuses a server of such a name. Use a later one.");
        }
        fix.add(
                "Where a certificate is pinned, compare the pins with the certificate above: it may have been renewed, or a proxy may"
                        + " have put its own there.");
        return fix;
    }

    private static List<String> fix(boolean mismatch, @Nullable String host, Optional<X509Certificate> leaf) {
        List<String> fix = new ArrayList<>();
        if (mismatch && host != null) {
            fix.add("Connect by a name that the certificate has, or have a certificate issued with " + host
                    + " in its subjectAltName.");
            leaf.flatMap(certificate -> HostNames.wildcardAbove(host, HostNames.of(certificate)))
                    .ifPresent(wildcard -> fix.add(HostNames.oneLabel(wildcard, host)));
            fix.add(
                    "The check is the library's (a HostnameVerifier): JSSE's own, setEndpointIdentificationAlgorithm(\"HTTPS\"),"
                            + " refuses the same name in the handshake.");
        } else {
            fix.add("Read what the client threw: a HostnameVerifier or a pin of its own refused what JSSE accepted.");
            fix.add("Where a certificate is pinned, compare the pins with the "
                    + (leaf.isPresent() ? "certificate above" : "server's certificate")
                    + ": it may have been renewed, or a proxy may have put its own there.");
        }
        return fix;
    }
}
