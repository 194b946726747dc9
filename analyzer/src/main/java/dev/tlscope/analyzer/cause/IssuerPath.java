package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.model.Handshake;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way from a peer's certificate over issuers, in whatever order they were sent: to the first that an anchor signed, else to
 * the last that the chain reaches.
 *
 * @param certificates the leaf first
 */
record IssuerPath(List<X509Certificate> certificates) {
    static IssuerPath of(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        IssuerPath path = new IssuerPath(List.of(chain.get(0)));
        Optional<X509Certificate> issuer = issuer(chain, path.top());
        while (issuer.isPresent()
                && !path.certificates.contains(issuer.get())
                && path.anchor(handshake).isEmpty()) {
            path = path.and(issuer.get());
            issuer = issuer(chain, path.top());
        }
        return path;
    }

    private IssuerPath and(X509Certificate issuer) {
        List<X509Certificate> more = new ArrayList<>(certificates);
        more.add(issuer);
        return new IssuerPath(List.copyOf(more));
    }

    X509Certificate top() {
        return certificates.get(certificates.size() - 1);
    }

    /** Anchors of this side with the name of the last one's issuer. */
    List<X509Certificate> anchorsByName(Handshake handshake) {
        return handshake.configuration() == null
                ? List.of()
                : handshake.configuration().anchors().stream()
                        .filter(anchor -> anchor.getSubjectX500Principal().equals(top().getIssuerX500Principal()))
                        .toList();
    }

    /** The anchor whose key signed the last one: there is a way to it, by names and signatures. */
    Optional<X509Certificate> anchor(Handshake handshake) {
        return anchorsByName(handshake).stream()
                .filter(anchor -> isSignedBy(top(), anchor))
                .findFirst();
    }

    private static Optional<X509Certificate> issuer(List<X509Certificate> chain, X509Certificate of) {
        return of.getIssuerX500Principal().equals(of.getSubjectX500Principal())
                ? Optional.empty()
                : chain.stream()
                        .filter(other -> !other.equals(of)
                                && other.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
                        .findFirst();
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
