package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** intercepting-proxy: a product that intercepts TLS connections issued the untrusted chain. */
final class InterceptingProxy implements Cause {
    static final CauseId INTERCEPTING_PROXY = CauseId.of(
            "intercepting-proxy",
            FixedBy.THIS_SIDE,
            "A product in between intercepts the TLS connection and presents a certificate of its own.",
            "the names in the chain are those of a known TLS-inspecting product",
            "Import that product's authority, or have the host excepted from inspection.",
            "RFC 5280, 6.1");

    /** The products' names in the subjects of their authorities, in lower case. */
    private static final List<String> PRODUCTS = List.of(
            "zscaler",
            "fortinet",
            "fortigate",
            "palo alto networks",
            "forcepoint",
            "websense",
            "blue coat",
            "bluecoat",
            "symantec web security",
            "netskope",
            "cisco umbrella",
            "cisco secure access",
            "mcafee web gateway",
            "skyhigh",
            "sophos",
            "checkpoint",
            "check point",
            "barracuda",
            "untangle",
            "kaspersky",
            "eset ssl filter",
            "avast",
            "avg technologies",
            "bitdefender",
            "mitmproxy",
            "portswigger",
            "charles proxy",
            "do_not_trust_fiddlerroot",
            "fiddler",
            "squid",
            "cloudflare for teams",
            "gateway ca - cloudflare",
            "menlo security",
            "iboss",
            "contentkeeper",
            "smoothwall",
            "lightspeed systems",
            "sonicwall",
            "watchguard",
            "f5 ssl orchestrator");

    /** The values of CN and O in a name of RFC 2253, escape sequences included. */
    private static final Pattern PART = Pattern.compile("(?:^|[,+])(?:CN|O)=((?:\\\\.|[^,+])*)");

    private static final Pattern WORDS = Pattern.compile(PRODUCTS.stream()
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?<![a-z0-9])(?:", ")(?![a-z0-9])")));

    @Override
    public List<CauseId> ids() {
        return List.of(INTERCEPTING_PROXY);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        if (!handshake.raised() || chain.isEmpty() || !UntrustedChain.hasNoPath(handshake)) {
            return Optional.empty();
        }
        // A product's own port presents its self-signed certificate: then nothing intercepts the connection.
        return chain.stream()
                .filter(certificate -> !certificate.equals(chain.get(0)) || !Certificates.isSelfIssued(certificate))
                .map(certificate -> certificate.getIssuerX500Principal().getName())
                .filter(InterceptingProxy::isProduct)
                .findFirst()
                .map(name -> finding(handshake, chain, name));
    }

    /**
     * Matches whole words of the common name and the organization, because a name that only contains a vendor's belongs
     * to another.
     */
    private static boolean isProduct(String name) {
        return PART.matcher(name)
                .results()
                .map(part -> part.group(1).toLowerCase(Locale.ROOT))
                .anyMatch(part -> WORDS.matcher(part).find());
    }

    private static Finding finding(Handshake handshake, List<X509Certificate> chain, String name) {
        return new Finding(
                INTERCEPTING_PROXY,
                Confidence.LIKELY,
                "Not the " + handshake.peerRole()
                        + " itself answered, by the issuer's name, but a product that inspects TLS: " + name + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("interceptor", name),
                        new Evidence("chain as sent", Certificates.subjects(chain)),
                        new Evidence(
                                "among the trust anchors",
                                handshake.setUp(Field.ANCHOR).contains(name) ? "yes, by name" : "no")),
                List.of(
                        "If that product is your organisation's, import its authority into this " + handshake.role()
                                + "'s trust store.",
                        "Or have the host excepted from inspection; if there is no such product, somebody intercepts"
                                + " the connection."),
                List.of(Candidate.possible(
                        UntrustedChain.UNTRUSTED_CHAIN,
                        "whether the host belongs to that vendor, or is the product itself")));
    }
}
