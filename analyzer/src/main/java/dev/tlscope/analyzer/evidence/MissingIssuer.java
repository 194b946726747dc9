package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * The missing certificate of the issuer at which a peer's chain stops: either an intermediate, which the peer has to
 * send (RFC 5246, 7.4.2; RFC 8446, 4.4.2), or a root, which this side must have.
 *
 * @param intermediate whether the evidence shows an intermediate
 * @param confidence of that evidence; certain if a certificate says so
 * @param reason one half sentence
 */
public record MissingIssuer(boolean intermediate, Confidence confidence, String reason) {
    /** A store of this size is not a list made by hand. */
    private static final int PUBLIC_STORE = 50;

    private static final Pattern ROOT = Pattern.compile("(?i)root");

    private static final Pattern INTERMEDIATE = Pattern.compile(
            "(?i)intermediate|\\binter\\b|issuing|\\bsub(ordinate)?[ -]?ca\\b|subordinate|\\bsub\\b|server ca\\b|"
                    + "\\bCN=(R|E|YR|YE)\\d{1,2}(,|$)|\\bTLS (RSA|ECC)\\b|secure (server|site)|validation");

    /**
     * Decides from the certificates of this capture that this connection refers to, then from the last one's
     * extensions, then by names.
     */
    public static MissingIssuer of(Handshake handshake, IssuerPath path) {
        X509Certificate top = path.top();
        X500Principal name = top.getIssuerX500Principal();
        return known(handshake, top)
                .or(() -> saidByTop(top, name))
                .or(() -> leftOver(handshake, path))
                .or(() -> named(name))
                .or(() -> published(path, top))
                .orElseGet(() -> sharedOrganization(handshake, path, name));
    }

    private static Optional<MissingIssuer> known(Handshake handshake, X509Certificate top) {
        Configuration configuration = handshake.configuration();
        Stream<X509Certificate> ours = configuration == null
                ? Stream.of()
                : configuration.keyEntries().stream().flatMap(entry -> entry.chain().stream());
        return Stream.concat(handshake.certificates(true).stream(), ours)
                .filter(certificate -> IssuerPath.signature(top, certificate) == IssuerPath.Signature.VERIFIES)
                .findFirst()
                .map(certificate -> new MissingIssuer(
                        !Certificates.isSelfIssued(certificate),
                        Confidence.CERTAIN,
                        "this side's own key store has it: " + Certificates.describe(certificate) + ", issued by "
                                + certificate.getIssuerX500Principal().getName()));
    }

    private static Optional<MissingIssuer> saidByTop(X509Certificate top, X500Principal name) {
        return ExtensionFacts.issuerOfIssuer(top)
                .map(above -> new MissingIssuer(
                        !above.equals(name),
                        Confidence.CERTAIN,
                        "the authorityKeyIdentifier of "
                                + top.getSubjectX500Principal().getName()
                                + " names the issuer of its issuer's certificate: " + above.getName()));
    }

    /**
     * The peer sent certificates that do not belong to the path: one between is missing, or they belong to another
     * chain.
     */
    private static Optional<MissingIssuer> leftOver(Handshake handshake, IssuerPath path) {
        return handshake.certificates(false).stream()
                .filter(certificate -> !path.certificates().contains(certificate))
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .findFirst()
                .map(certificate -> new MissingIssuer(
                        true,
                        Confidence.LIKELY,
                        "the chain goes on with " + Certificates.describe(certificate)
                                + ", which is not the issuer: what lies between was not sent"));
    }

    private static Optional<MissingIssuer> named(X500Principal name) {
        String text = name.getName();
        boolean root = ROOT.matcher(text).find();
        boolean between = INTERMEDIATE.matcher(text).find();
        return root == between
                ? Optional.empty()
                : Optional.of(new MissingIssuer(between, Confidence.LIKELY, "judged by its name"));
    }

    /** Public authorities sign no server's certificate with a root; the issuer of an intermediate may be a root. */
    private static Optional<MissingIssuer> published(IssuerPath path, X509Certificate top) {
        if (path.certificates().size() > 1) {
            return Optional.empty();
        }
        return ExtensionFacts.hasPublishingAuthority(top)
                ? Optional.of(new MissingIssuer(
                        true,
                        Confidence.LIKELY,
                        "the certificate names "
                                + (ExtensionFacts.issuerLocation(top).isPresent()
                                        ? "where its issuer's is found"
                                        : "where its authority publishes")
                                + ", as those of intermediates do"))
                : Optional.empty();
    }

    /** Where neither extensions nor names decide: an anchor of the same organization speaks for what lies between. */
    private static MissingIssuer sharedOrganization(Handshake handshake, IssuerPath path, X500Principal name) {
        boolean alone = path.certificates().size() == 1;
        String sent = alone ? "the certificate came alone" : "the chain stops below it";
        Configuration configuration = handshake.configuration();
        Optional<X509Certificate> relative = configuration == null
                ? Optional.empty()
                : configuration.anchors().stream()
                        .filter(anchor -> isRelative(name, anchor.getSubjectX500Principal()))
                        .findFirst();
        if (relative.isPresent()) {
            return new MissingIssuer(
                    true,
                    Confidence.POSSIBLE,
                    sent + ", and the trust store has "
                            + relative.get().getSubjectX500Principal().getName() + " of the same organization");
        }
        boolean ownStore = handshake.anchorCount().orElse(PUBLIC_STORE) < PUBLIC_STORE;
        return alone && ownStore
                ? new MissingIssuer(true, Confidence.POSSIBLE, sent)
                : new MissingIssuer(
                        false,
                        Confidence.LIKELY,
                        alone
                                ? "the certificate came alone, from no authority of a public trust store"
                                : "the peer sent what is below it");
    }

    /** Of one organization (O), or of one domain (all DC). */
    private static boolean isRelative(X500Principal one, X500Principal other) {
        List<String> organizations = parts(one, "O=");
        List<String> domain = parts(one, "DC=");
        return (!organizations.isEmpty() && organizations.equals(parts(other, "O=")))
                || (!domain.isEmpty() && domain.equals(parts(other, "DC=")));
    }

    private static List<String> parts(X500Principal name, String type) {
        List<String> found = new ArrayList<>();
        for (String part : name.getName().split("(?<!\\\\),", -1)) {
            if (part.regionMatches(true, 0, type, 0, type.length())) {
                found.add(part.substring(type.length()).toLowerCase(Locale.ROOT));
            }
        }
        return found;
    }
}
