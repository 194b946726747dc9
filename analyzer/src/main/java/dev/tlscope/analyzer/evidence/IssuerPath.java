package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The path from a peer's certificate over its issuers, in whatever order they were sent, up to the first one that an
 * anchor signed, or to the last one that was sent.
 *
 * @param certificates leaf first
 * @param anchorsByName anchors of this side with the name of the last certificate's issuer
 * @param anchor the one whose key signed the last certificate, so that the path is complete by names and signatures
 */
public record IssuerPath(
        List<X509Certificate> certificates, List<X509Certificate> anchorsByName, Optional<X509Certificate> anchor) {
    /** The result of verifying a signature with an issuer's key. */
    public enum Signature {
        VERIFIES,
        /** This JDK cannot verify it: it lacks the algorithm or curve, or rejects the key. */
        UNCHECKED,
        DIFFERS
    }

    /** The path of a handshake in which the peer sent a certificate. */
    public static IssuerPath of(Handshake handshake) {
        return handshake.derived().get(IssuerPath.class, () -> {
            List<X509Certificate> anchors = handshake.configuration() == null
                    ? List.of()
                    : handshake.configuration().anchors();
            return find(handshake.certificates(false), anchors);
        });
    }

    public X509Certificate top() {
        return certificates.get(certificates.size() - 1);
    }

    /** Whether an issuer with that name and key signed a certificate. */
    public static Signature signature(X509Certificate certificate, X509Certificate issuer) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return Signature.DIFFERS;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return Signature.VERIFIES;
        } catch (SignatureException e) {
            // sun.security.ec.ECDSASignature throws this class for an unknown curve too.
            String words = String.valueOf(e.getMessage());
            return words.contains("not supported") ? Signature.UNCHECKED : Signature.DIFFERS;
        } catch (GeneralSecurityException | RuntimeException e) {
            return issuer.getPublicKey().getAlgorithm().equals(keyOfSignature(certificate))
                    ? Signature.UNCHECKED
                    : Signature.DIFFERS;
        }
    }

    /** The key algorithm, such as EC for SHA256withECDSA; empty if the name does not contain it. */
    private static String keyOfSignature(X509Certificate certificate) {
        String name = certificate.getSigAlgName();
        return name.endsWith("ECDSA")
                ? "EC"
                : name.endsWith("RSA") || name.startsWith("RSASSA")
                        ? "RSA"
                        : name.startsWith("Ed") ? "EdDSA" : name.endsWith("DSA") ? "DSA" : "";
    }

    private static IssuerPath find(List<X509Certificate> chain, List<X509Certificate> anchors) {
        IssuerPath path = to(List.of(chain.get(0)), anchors);
        Optional<X509Certificate> issuer = issuer(chain, path.top());
        while (issuer.isPresent() && !path.certificates.contains(issuer.get()) && path.anchor.isEmpty()) {
            List<X509Certificate> more = new ArrayList<>(path.certificates);
            more.add(issuer.get());
            path = to(List.copyOf(more), anchors);
            issuer = issuer(chain, path.top());
        }
        return path;
    }

    private static IssuerPath to(List<X509Certificate> certificates, List<X509Certificate> anchors) {
        X509Certificate top = certificates.get(certificates.size() - 1);
        List<X509Certificate> alike = anchors.stream()
                .filter(anchor -> anchor.getSubjectX500Principal().equals(top.getIssuerX500Principal()))
                .toList();
        return new IssuerPath(
                certificates,
                alike,
                alike.stream().filter(anchor -> isIssuer(top, anchor)).findFirst());
    }

    /** Decides by the signature, or by the key identifiers if this JDK cannot verify it (RFC 5280, 4.2.1.1). */
    private static boolean isIssuer(X509Certificate certificate, X509Certificate issuer) {
        return switch (signature(certificate, issuer)) {
            case VERIFIES -> true;
            case DIFFERS -> false;
            case UNCHECKED -> {
                Optional<String> wanted = KeyIdentifiers.ofIssuer(certificate);
                Optional<String> has = KeyIdentifiers.ofSubject(issuer);
                yield certificate.equals(issuer) || wanted.isEmpty() || has.isEmpty() || wanted.equals(has);
            }
        };
    }

    private static Optional<X509Certificate> issuer(List<X509Certificate> chain, X509Certificate of) {
        return Certificates.isSelfIssued(of)
                ? Optional.empty()
                : chain.stream()
                        .filter(other -> !other.equals(of)
                                && other.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
                        .min(Comparator.comparing(other -> signature(of, other)));
    }
}
