package dev.tlscope.agent.outcome;

import dev.tlscope.agent.record.HandshakeOutcome;
import dev.tlscope.agent.record.ReferencedEvents;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the causes that one JVM's own evidence proves at once: a private key that was compared, and what JSSE's validator, its host
 * name check and its choice of a version report themselves. All else is left to explain, and the alert or exception is reported as it is.
 * Used by the writer's thread only.
 */
final class BriefCauses {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final TrustAnchors anchors;

    BriefCauses(ReferencedEvents numbered) {
        this.anchors = new TrustAnchors(numbered);
    }

    /** @param chain the peer's, leaf first; empty when not known */
    BriefCause of(HandshakeOutcome outcome, boolean client, List<X509Certificate> chain) {
        Event failure = outcome.ending();
        if (failure == null) {
            return BriefCause.open("unknown", "how it failed is not known");
        }
        FailureWords words = new FailureWords(failure);
        String peer = client ? "server" : "client";
        BriefCause own = ownKey(outcome, client, words);
        if (own != null) {
            return own;
        }
        if (words.givenUp() != null) {
            return BriefCause.open(words.givenUp(), givenUp(words.givenUp()));
        }
        if (words.received()) {
            return received(failure, words, client, peer);
        }
        BriefCause known = aboutCertificate(failure, words, chain, peer);
        if (known == null) {
            known = aboutLists(failure, words, client);
        }
        return known != null ? known : raised(words);
    }

    private static @Nullable BriefCause ownKey(HandshakeOutcome outcome, boolean client, FailureWords words) {
        if ((words.received() && words.isAboutCertificate()) || words.threw("java.security.NoSuchAlgorithmException")) {
            return null;
        }
        for (Event pair : outcome.all(EventType.KEY_PAIR)) {
            if ("no".equals(pair.text(Field.MATCH))) {
                String alias = pair.text(Field.ALIAS);
                return BriefCause.proven(
                        "key-mismatch",
                        "this " + (client ? "client" : "server") + "'s private key"
                                + (alias == null ? "" : " (alias " + alias + ")")
                                + " does not belong to its certificate");
            }
        }
        return null;
    }

    private static String givenUp(String how) {
        switch (how) {
            case "closed":
                return "this side closed the connection before the handshake was over";
            case "dropped":
                return "this side abandoned the handshake";
            case "refused":
                return "this client refused the server's name or certificate itself, after the handshake";
            case "no protocol":
                return "the server chose none of the application protocols that this client offered";
            default:
                return "the JVM ended during the handshake";
        }
    }

    /** A client that received protocol_version before any choice of a version: the server supports none of its own. */
    private static BriefCause received(Event failure, FailureWords words, boolean client, String peer) {
        boolean versions = client
                && words.alert() == AlertDescription.PROTOCOL_VERSION.number()
                && !failure.flag(Field.NEGOTIATED)
                && failure.text(Field.PROTOCOL) == null;
        String name = AlertDescription.nameOf(words.alert());
        return versions
                ? BriefCause.proven(
                        "no-common-protocol", "the server supports none of the TLS versions that this client offers")
                : BriefCause.open(name, "the " + peer + " ended it with the alert " + name);
    }

    private @Nullable BriefCause aboutCertificate(
            Event failure, FailureWords words, List<X509Certificate> chain, String peer) {
        if (chain.isEmpty()) {
            return null;
        }
        String leaf = name(chain.get(0));
        boolean about = words.isAboutCertificate();
        if (about
                && words.cameThrough("sun.security.util.HostnameChecker.")
                && (words.said("No subject alternative") || words.said("No name matching"))) {
            return BriefCause.proven(
                    "hostname-mismatch",
                    "the " + peer + "'s certificate " + leaf + " is not valid for the host asked for");
        }
        if (about
                && (words.validatorSays("REVOKED") || words.threw("java.security.cert.CertificateRevokedException"))) {
            return BriefCause.proven("certificate-revoked", "a certificate of the " + peer + "'s chain is revoked");
        }
        BriefCause dates = about ? dates(failure, words, chain, peer) : null;
        return dates != null ? dates : authority(failure, words, chain, peer);
    }

    @SuppressWarnings("JavaUtilDate") // X509Certificate has it in its API
    private static @Nullable BriefCause dates(
            Event failure, FailureWords words, List<X509Certificate> chain, String peer) {
        Date then = new Date(failure.timeNanos() / NANOS_PER_MILLI);
        if (words.validatorSays("EXPIRED")
                || words.threw("java.security.cert.CertificateExpiredException")
                || words.alert() == AlertDescription.CERTIFICATE_EXPIRED.number()) {
            for (X509Certificate certificate : chain) {
                if (certificate.getNotAfter().before(then)) {
                    return BriefCause.proven(
                            "certificate-expired",
                            "the " + peer + "'s certificate " + name(certificate) + " expired at "
                                    + certificate.getNotAfter().toInstant());
                }
            }
        }
        if (words.validatorSays("NOT_YET_VALID") || words.threw("java.security.cert.CertificateNotYetValidException")) {
            for (X509Certificate certificate : chain) {
                if (certificate.getNotBefore().after(then)) {
                    return BriefCause.proven(
                            "certificate-not-yet-valid",
                            "the " + peer + "'s certificate " + name(certificate) + " is not valid before "
                                    + certificate.getNotBefore().toInstant());
                }
            }
        }
        return null;
    }

    /**
     * No path to an authority: proven to be the authority where the chain shows its root and no anchor, all of which are known, has a
     * name in it. Else a certificate may be missing or forbidden on the way, and only the alert is reported.
     */
    private @Nullable BriefCause authority(
            Event failure, FailureWords words, List<X509Certificate> chain, String peer) {
        boolean noPath = words.threw("sun.security.provider.certpath.SunCertPathBuilderException")
                || words.said("No trusted certificate found")
                || words.validatorSays("NO_TRUST_ANCHOR");
        anchors.read(failure);
        if (anchors.count() == 0 && (noPath || words.said("trustAnchors parameter must be non-empty"))) {
            return BriefCause.proven("empty-trust-store", "this side's trust store holds no authority at all");
        }
        if (!noPath) {
            return null;
        }
        X509Certificate top = top(chain);
        String sentence = "no path leads from the " + peer + "'s certificate " + name(chain.get(0)) + ", issued by "
                + chain.get(0).getIssuerX500Principal().getName() + ", to an authority that this side trusts";
        return isSelfIssued(top) && anchors.haveNone(chain)
                ? BriefCause.proven("untrusted-chain", sentence)
                : BriefCause.open(alertOr(words, "no-path"), sentence);
    }

    /** JSSE's own words for a choice of which it saw both lists. */
    private static @Nullable BriefCause aboutLists(Event failure, FailureWords words, boolean client) {
        boolean versions = words.alert() == AlertDescription.PROTOCOL_VERSION.number()
                && (client
                        ? words.said("is not accepted by client preferences")
                        : words.said("is not enabled or supported in server context")
                                || words.said("are not accepted by server preferences"));
        if (versions) {
            return BriefCause.proven(
                    "no-common-protocol", "client and server have no TLS version in common: " + words.words());
        }
        // In TLS 1.3 the suite is chosen from the two lists alone; before, a key has to fit it too.
        boolean suites = !client
                && "TLSv1.3".equals(failure.text(Field.PROTOCOL))
                && words.alert() == AlertDescription.HANDSHAKE_FAILURE.number()
                && words.said("no cipher suites in common");
        if (suites) {
            return BriefCause.proven(
                    "no-common-cipher-suite", "client and server have no TLS 1.3 cipher suite in common");
        }
        return words.alert() == AlertDescription.HANDSHAKE_FAILURE.number() && words.said("no cipher suites in common")
                ? BriefCause.open(
                        alertOr(words, "handshake_failure"),
                        "no cipher suite is enabled on both sides and fits a key of this server")
                : null;
    }

    /** JSSE makes unexpected_message of whatever a socket throws: that alert says nothing of the peer. */
    private static BriefCause raised(FailureWords words) {
        String lost = words.socketFailure();
        if (lost != null) {
            return BriefCause.open(FailureWords.className(lost), "the connection was lost: " + lost);
        }
        String text = words.words();
        String thrown = words.thrown();
        String type = alertOr(words, thrown == null ? "unknown" : thrown);
        return BriefCause.open(type, text.isEmpty() ? "this side ended it" : text);
    }

    private static String alertOr(FailureWords words, String other) {
        return words.alert() < 0 ? other : AlertDescription.nameOf(words.alert());
    }

    /** The last certificate that the leaf's issuers lead to within what was sent. */
    private static X509Certificate top(List<X509Certificate> chain) {
        List<X509Certificate> left = new ArrayList<>(chain);
        X509Certificate top = chain.get(0);
        for (X509Certificate next = top; next != null; next = isSelfIssued(top) ? null : issuer(top, left)) {
            top = next;
            left.removeAll(Collections.singleton(next));
        }
        return top;
    }

    private static @Nullable X509Certificate issuer(X509Certificate of, List<X509Certificate> among) {
        for (X509Certificate certificate : among) {
            if (certificate.getSubjectX500Principal().equals(of.getIssuerX500Principal())) {
                return certificate;
            }
        }
        return null;
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
