package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.evidence.IssuerPath;
import dev.tlscope.analyzer.evidence.KeyIdentifiers;
import dev.tlscope.analyzer.evidence.MissingIssuer;
import dev.tlscope.analyzer.evidence.ServerNameSent;
import dev.tlscope.analyzer.evidence.TrustStore;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** untrusted-chain, and missing-intermediate by {@link NoIssuer}: no path leads from the peer's chain to an anchor. */
final class UntrustedChain implements Cause {
    static final CauseId UNTRUSTED_CHAIN = CauseId.of(
            "untrusted-chain",
            FixedBy.THIS_SIDE,
            "No trust anchor leads to the peer's chain.",
            "the last issuer that the chain reaches, beside the trust manager's anchors by name and key identifier",
            "Import the missing authority into the trust store that is named, if you do trust it.",
            "RFC 5280, 6.1");

    /** The classes of sun.security.validator that report it, by the texts of ValidatorException. */
    private static final String NO_ANCHOR = "No trusted certificate found";

    @Override
    public List<CauseId> ids() {
        return List.of(UNTRUSTED_CHAIN, NoIssuer.MISSING_INTERMEDIATE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || handshake.certificates(false).isEmpty() || !hasNoPath(handshake)) {
            return Optional.empty();
        }
        return Optional.of(found(handshake));
    }

    /** True when no path was found from the peer's chain to an anchor. */
    static boolean hasNoPath(Handshake handshake) {
        return handshake.threw("sun.security.provider.certpath.SunCertPathBuilderException")
                || FailureEvidence.said(handshake, NO_ANCHOR)
                || handshake.setUp(Field.VALIDATION_REASON).contains("NO_TRUST_ANCHOR");
    }

    /** Why the peer's chain does not lead to an anchor of this side. */
    static Finding found(Handshake handshake) {
        IssuerPath path = IssuerPath.of(handshake);
        if (path.anchor().isPresent()) {
            return KeyIdentifierGap.of(handshake, path)
                    .or(() -> InvalidChain.validated(
                            handshake, path, path.anchor().get()))
                    .orElseGet(() -> unexplained(handshake, path));
        }
        if (path.anchorsByName().isEmpty() && handshake.setUp(Field.ANCHOR).contains(issuer(path))) {
            return unexplained(handshake, path);
        }
        boolean shown =
                Certificates.isSelfIssued(path.top()) || !path.anchorsByName().isEmpty();
        boolean anchorsKnown = handshake.configuration() != null
                && !handshake.configuration().anchors().isEmpty();
        return shown
                ? untrusted(handshake, path, anchorsKnown ? Confidence.CERTAIN : Confidence.LIKELY, "")
                : NoIssuer.finding(handshake, path, MissingIssuer.of(handshake, path));
    }

    /** @param reason why it is a root, in half a sentence; empty if the chain shows it */
    static Finding untrusted(Handshake handshake, IssuerPath path, Confidence confidence, String reason) {
        String peer = handshake.peerRole();
        String issuer = issuer(path);
        List<Evidence> evidence = facts(handshake, path);
        if (unnamed(handshake).isPresent()) {
            evidence.add(new Evidence("server_name sent", ServerNameSent.describe(handshake)));
        }
        if (!reason.isEmpty()) {
            evidence.add(1, new Evidence("why it is a root", reason));
        }
        List<String> fix = new ArrayList<>();
        unnamed(handshake).ifPresent(fix::add);
        foreign(handshake).ifPresent(fix::add);
        fallback(path).ifPresent(fix::add);
        TrustStore store = TrustStore.of(handshake);
        if (store.propertyWasPassedOver()) {
            fix.add("Set -Djavax.net.ssl.trustStore to a file that is there and that this process may read: "
                    + store.property().orElseThrow() + " is not.");
        }
        fix.add("If you do trust " + issuer + ", import it: keytool -importcert -file CA.pem -keystore "
                + store.keytoolName() + ".");
        fix.add("If not, find out why the " + peer
                + " presents such a certificate: wrong host, test authority, inspecting proxy.");
        return new Finding(
                UNTRUSTED_CHAIN,
                confidence,
                "The " + peer + "'s chain ends at " + issuer + ", which this " + handshake.role() + " does not trust.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix);
    }

    /** The chain, where it stops, and the trust anchors of this side. */
    static List<Evidence> facts(Handshake handshake, IssuerPath path) {
        X509Certificate top = path.top();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("chain as sent", Certificates.subjects(handshake.certificates(false))));
        evidence.add(
                new Evidence("it stops at", top.getSubjectX500Principal().getName() + ", issued by " + issuer(path)));
        evidence.add(new Evidence("issuer among the trust anchors", amongAnchors(handshake, path)));
        evidence.add(new Evidence("trust anchor that would suffice", wanted(top, issuer(path))));
        evidence.addAll(TrustStore.of(handshake).evidence());
        evidence.addAll(CertificateDates.facts(handshake));
        return evidence;
    }

    static String issuer(IssuerPath path) {
        return path.top().getIssuerX500Principal().getName();
    }

    /** A certificate for another name where the server was not told a name, by which it picks one. */
    private static Optional<String> unnamed(Handshake handshake) {
        String asked = handshake.isClient() ? handshake.peerHost() : null;
        if (asked == null || !ServerNameSent.isMissed(handshake)) {
            return Optional.empty();
        }
        List<String> names =
                HostNames.comparedWith(asked, handshake.certificates(false).get(0));
        return HostNames.matches(asked, names)
                ? Optional.empty()
                : Optional.of("The certificate is not for " + asked
                        + ", and the ClientHello has no server_name, by which a server with several certificates picks one. "
                        + ServerNameSent.fix(handshake));
    }

    /** A certificate for another name, which the peer or a proxy presents to clients that request an unknown name. */
    private static Optional<String> foreign(Handshake handshake) {
        X509Certificate leaf = handshake.certificates(false).get(0);
        String asked = handshake.isClient() ? handshake.peerHost() : null;
        if (asked == null || !Certificates.isSelfIssued(leaf) || HostNames.isAddress(asked)) {
            return Optional.empty();
        }
        List<String> names = HostNames.comparedWith(asked, leaf);
        return HostNames.matches(asked, names)
                ? Optional.empty()
                : Optional.of("The certificate is self-signed and for " + String.join(", ", names) + ", not for "
                        + asked
                        + ": it looks like the default certificate of a proxy or load balancer in front of the server."
                        + " Check that this one is configured for "
                        + asked + " (its route, its virtual host, passthrough of TLS) before anything is imported.");
    }

    /** The self-signed certificate that SQL Server generates when it starts without one. */
    private static Optional<String> fallback(IssuerPath path) {
        return issuer(path).toLowerCase(Locale.ROOT).contains("cn=ssl_self_signed_fallback")
                ? Optional.of(
                        "Give the SQL Server a certificate of its own: it generates this one at each start, so that"
                                + " importing it does not last. For a test, trustServerCertificate=true in the driver's URL.")
                : Optional.empty();
    }

    private static Finding unexplained(Handshake handshake, IssuerPath path) {
        String peer = handshake.peerRole();
        return new Finding(
                        UNTRUSTED_CHAIN,
                        Confidence.POSSIBLE,
                        "No path was found from the " + peer
                                + "'s certificate to an anchor, although its chain ends at " + issuer(path)
                                + ", which is one by name.",
                        FailureEvidence.with(handshake, facts(handshake, path).toArray(new Evidence[0])),
                        List.of(
                                "Have JSSE log why it rejected each certificate: -Djava.security.debug=certpath.",
                                "On the " + peer
                                        + ", send the chain in order: the certificate, then each one's issuer."))
                .or(
                        Candidate.possible(
                                ForbiddenAlgorithm.CERTIFICATE_CONSTRAINTS,
                                "the policy of this JVM forbids a certificate"),
                        Candidate.possible(
                                CertificateDates.CERTIFICATE_EXPIRED,
                                "a certificate of the path is outside its validity period"));
    }

    /**
     * Compares by name and by the signing key, because an authority that gets a new key keeps its name (RFC 5280,
     * 4.2.1.1).
     */
    private static String amongAnchors(Handshake handshake, IssuerPath path) {
        List<X509Certificate> alike = path.anchorsByName();
        if (alike.isEmpty()) {
            return handshake.setUp(Field.ANCHOR).contains(issuer(path))
                    ? "yes, by name"
                    : handshake.anchorCount().isEmpty() ? "not known: the anchors are not visible" : "no";
        }
        return path.anchor().isPresent()
                ? "yes, and it signed"
                : "yes, by name, with another key"
                        + KeyIdentifiers.ofSubject(alike.get(0))
                                .map(key -> " (subject key identifier " + key + ")")
                                .orElse("");
    }

    private static String wanted(X509Certificate top, String issuer) {
        return issuer
                + (Certificates.isSelfIssued(top) ? KeyIdentifiers.ofSubject(top) : KeyIdentifiers.ofIssuer(top))
                        .map(key -> ", with subject key identifier " + key)
                        .orElse("");
    }
}
