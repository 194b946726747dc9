package dev.tlscope.analyzer.check;

import dev.tlscope.analyzer.check.CheckSettings.Located;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.store.Store;
import dev.tlscope.analyzer.store.StoreEntry;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether each certificate of a chain is followed by its issuer (RFC 8446, 4.4.2), up to one that peers have. */
final class ChainComplete implements StoreCheck {
    @Override
    public List<StoreFault> check(Store store, StoreEntry entry, CheckSettings settings) {
        List<X509Certificate> chain = entry.chain();
        if (chain.isEmpty() || !settings.isPresented(entry)) {
            return List.of();
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!isIssued(chain.get(i), chain.get(i + 1))) {
                return List.of(unordered(chain, i));
            }
        }
        return end(chain.get(chain.size() - 1), chain.size() == 1, settings);
    }

    private static StoreFault unordered(List<X509Certificate> chain, int place) {
        X509Certificate certificate = chain.get(place);
        String name = certificate.getSubjectX500Principal().getName();
        Optional<X509Certificate> issuer =
                chain.stream().filter(one -> isIssued(certificate, one)).findFirst();
        String next = chain.get(place + 1).getSubjectX500Principal().getName();
        if (Certificates.isSelfIssued(certificate)) {
            return StoreFault.warning(
                    "chain-order",
                    name + " is self-issued, and is followed by " + next + ".",
                    "End the chain with it.");
        }
        return issuer.isPresent()
                ? StoreFault.error(
                        "chain-order",
                        name + " is followed by " + next
                                + ", which did not issue it; its issuer is at another place of the chain.",
                        "Put each issuer after the certificate that it issued: " + Certificates.subjects(ordered(chain))
                                + ".")
                : StoreFault.error(
                        "chain-incomplete",
                        name + " is followed by " + next + ", which did not issue it; its issuer "
                                + certificate.getIssuerX500Principal().getName() + " is not in the chain.",
                        "Put the certificate of "
                                + certificate.getIssuerX500Principal().getName() + " after it.");
    }

    /** Leaf first, as far as issuers are there. */
    private static List<X509Certificate> ordered(List<X509Certificate> chain) {
        List<X509Certificate> ordered = new ArrayList<>(chain.subList(0, 1));
        Optional<X509Certificate> next = Optional.of(chain.get(0));
        while (next.isPresent()) {
            X509Certificate below = next.get();
            next = chain.stream()
                    .filter(one -> !ordered.contains(one) && isIssued(below, one))
                    .findFirst();
            next.ifPresent(ordered::add);
        }
        return ordered;
    }

    private static List<StoreFault> end(X509Certificate last, boolean alone, CheckSettings settings) {
        if (Certificates.isSelfIssued(last)) {
            return alone && last.getBasicConstraints() < 0
                    ? List.of(StoreFault.note(
                            "self-signed",
                            "The certificate is self-signed: each peer must have it in its own trust store."))
                    : List.of();
        }
        String issuer = last.getIssuerX500Principal().getName();
        List<Located> found = settings.certificates().stream()
                .filter(one -> isIssued(last, one.certificate()))
                .toList();
        boolean isAnchor = Stream.concat(
                        settings.usual().stream(), found.stream().map(Located::certificate))
                .anyMatch(one -> Certificates.isSelfIssued(one) && isIssued(last, one));
        if (isAnchor) {
            return List.of();
        }
        return List.of(
                found.isEmpty()
                        ? StoreFault.warning(
                                "chain-incomplete",
                                "The chain ends with a certificate of " + issuer
                                        + ", which is neither in it, nor in the files that were named, nor in the JDK's own trust"
                                        + " store: a peer that does not have it finds no path.",
                                "If " + issuer
                                        + " is an intermediate authority, put its certificate at the end of the chain.",
                                "If it is a root of your own, name the trust store that has it too, and this warning ends.")
                        : StoreFault.error(
                                "chain-incomplete",
                                "The chain lacks the intermediate certificate of " + issuer + ".",
                                "Put it at the end of the chain; it is "
                                        + found.get(0).place() + "."));
    }

    /** By name and signature. */
    static boolean isIssued(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
