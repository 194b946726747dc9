package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** intercepting-proxy: the chain that is not trusted was made by a product that opens TLS connections to look inside. */
final class InterceptingProxy implements Cause {
    /** As they name themselves in the subjects of their authorities; lower case. */
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
            "lightspeed",
            "sonicwall",
            "watchguard",
            "f5 ssl orchestrator");

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        if (!handshake.raised() || chain.isEmpty() || !UntrustedChain.hasNoPath(handshake)) {
            return Optional.empty();
        }
        return chain.stream()
                .map(certificate -> certificate.getIssuerX500Principal().getName())
                .filter(InterceptingProxy::isProduct)
                .findFirst()
                .map(name -> finding(handshake, chain, name));
    }

    private static boolean isProduct(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return PRODUCTS.stream().anyMatch(lower::contains);
    }

    private static Finding finding(Handshake handshake, List<X509Certificate> chain, String name) {
        return new Finding(
                "intercepting-proxy",
                Confidence.CERTAIN,
                "Not the " + (handshake.isClient() ? "server" : "client")
                        + " itself answered, but a product that inspects TLS: " + name + ".",
                Facts.with(
                        handshake,
                        new Evidence("interceptor", name),
                        new Evidence("chain as sent", Facts.subjects(chain)),
                        new Evidence(
                                "among the trust anchors",
                                handshake.setUp(Field.ANCHOR).contains(name) ? "yes, by name" : "no")),
                List.of(
                        "If that product is your organisation's, import its authority into this " + handshake.role()
                                + "'s trust store.",
                        "Or have the host excepted from inspection; if nobody knows of such a product, somebody listens in."));
    }
}
