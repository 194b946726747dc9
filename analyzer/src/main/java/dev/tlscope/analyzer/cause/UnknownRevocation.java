package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.RevocationSources;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * certificate-revoked, if the revocation status could not be determined: the certificate does not say where to get it,
 * this JVM does not query that source, or the query failed (sun.security.provider.certpath.RevocationChecker).
 */
final class UnknownRevocation {
    private static final String OCSP_ENABLE = "ocsp.enable";
    private static final String LISTS = "com.sun.security.enableCRLDP";

    private UnknownRevocation() {}

    /** True by the stack, because an unusable OCSP response has no reason of its own. */
    static boolean cameThrough(Handshake handshake) {
        return FailureEvidence.pathFailed(handshake)
                && (askedResponder(handshake) || handshake.cameThrough("certpath.RevocationChecker."));
    }

    static Finding finding(Handshake handshake, X509Certificate certificate, Evidence which) {
        List<String> sources = RevocationSources.of(certificate);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(which);
        evidence.add(new Evidence("revocation status is published at", Lists.few(sources)));
        List<String> fix = new ArrayList<>();
        if (sources.isEmpty()) {
            fix.add(
                    "Give this side's trust manager the authority's list (a CertStore) or responder (ocsp.responderURL): the"
                            + " certificate names none.");
        } else if (asked(handshake)) {
            evidence.add(new Evidence(
                    "asked", "yes" + met(handshake).map(it -> ", and got " + it).orElse("")));
            fix.add("Check that this host reaches what the certificate names, over plain HTTP, by its proxy and"
                    + " firewall.");
        } else {
            evidence.add(new Evidence(
                    "asked",
                    "no: security property " + OCSP_ENABLE + " is "
                            + handshake.policy(OCSP_ENABLE).orElse("not set") + ", -D" + LISTS + " is "
                            + handshake.systemProperty(LISTS).orElse("not set")));
            fix.add("Have this JVM query a responder with ocsp.enable=true in its java.security file"
                    + " (-Docsp.enable does nothing), or fetch lists with -D" + LISTS
                    + "=true; or give its trust manager a PKIXRevocationChecker, which does both.");
        }
        fix.add(
                "Or have the peer staple its OCSP response (RFC 6066, 8): jdk.tls.server.enableStatusRequestExtension in a JDK.");
        fix.add("To accept an unknown status, set PKIXRevocationChecker.Option.SOFT_FAIL.");
        return new Finding(
                CertificateRejected.CERTIFICATE_REVOKED,
                Confidence.CERTAIN,
                "The revocation status of a certificate of the peer could not be determined, and this side"
                        + " accepts none without it.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix);
    }

    private static boolean asked(Handshake handshake) {
        return askedResponder(handshake)
                || handshake
                        .systemProperty(LISTS)
                        .filter("true"::equalsIgnoreCase)
                        .isPresent();
    }

    private static boolean askedResponder(Handshake handshake) {
        return handshake.cameThrough("certpath.OCSP") || handshake.cameThrough("certpath.RevocationChecker.checkOCSP");
    }

    /** Why the query failed: the last link of the chain, if it is not one of the certification path. */
    private static Optional<String> met(Handshake handshake) {
        return FailureEvidence.innermost(handshake)
                .filter(link -> !link.startsWith("java.security.") && !link.startsWith("sun.security."));
    }
}
