package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.OwnCertificateFaults;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.AliasVerdict;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Configuration.KeyEntry;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The certificate that this side sent, what the peer may reject about it, and what else the key store has. */
final class OwnCertificate {
    private static final int MOST = 3;

    private OwnCertificate() {}

    static List<Evidence> facts(Handshake handshake, List<X509Certificate> ours) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("our certificate", Certificates.describe(ours.get(0))));
        alias(handshake).ifPresent(alias -> evidence.add(new Evidence("alias", alias)));
        evidence.add(new Evidence("chain that we sent", Certificates.subjects(ours)));
        evidence.add(new Evidence("likely reason", reason(handshake, ours)));
        OwnCertificateFaults faults = OwnCertificateFaults.of(handshake);
        Stream.concat(faults.grave().stream(), faults.light().stream())
                .skip(1)
                .limit(MOST)
                .forEach(fault -> evidence.add(new Evidence("another", fault)));
        OwnCertificateFaults.address(handshake, ours.get(0))
                .ifPresent(fault -> evidence.add(new Evidence("another", fault)));
        better(handshake, ours)
                .ifPresent(entry -> evidence.add(new Evidence(
                        "alias " + entry.alias(),
                        "not taken, and valid until "
                                + entry.chain().get(0).getNotAfter().toInstant())));
        if (better(handshake, ours).isEmpty()) {
            listed(handshake, ours)
                    .ifPresent(entry -> evidence.add(new Evidence(
                            "alias " + entry.alias(),
                            "not taken, and issued by "
                                    + entry.chain()
                                            .get(0)
                                            .getIssuerX500Principal()
                                            .getName()
                                    + ", which the server lists")));
        }
        return evidence;
    }

    static List<String> fix(Handshake handshake, List<X509Certificate> ours) {
        String peer = handshake.peerRole();
        List<String> fix = new ArrayList<>();
        Optional<KeyEntry> better = better(handshake, ours);
        better.ifPresent(entry -> fix.add("Delete alias " + alias(handshake).orElse("of the expired certificate")
                + " from the key store, so that " + entry.alias()
                + " is taken: the key manager of KeyManagerFactory \"SunX509\" takes the first that fits and does not look at"
                + " dates; that of \"PKIX\" (NewSunX509) does."));
        Optional<KeyEntry> listed = better.isPresent() ? Optional.empty() : listed(handshake, ours);
        listed.ifPresent(
                entry -> fix.add(
                        "Have alias " + entry.alias() + " taken, whose authority the server lists: "
                                + chosenBy(handshake) + " takes "
                                + alias(handshake).orElse("another one")
                                + ", whose authority it does not list. Configure the alias there, or delete the other one from the key store."));
        if (better.isEmpty()) {
            fix.add("Change what is named as the likely reason: " + reason(handshake, ours) + "; the " + peer
                    + "'s own log or capture names the exact one.");
        }
        if (OwnCertificateFaults.address(handshake, ours.get(0)).isPresent()) {
            fix.add(
                    "If the client connects by an address, have it connect by a name of the certificate, or have the certificate"
                            + " issued with that address as an iPAddress of subjectAltName.");
        }
        fix.add(
                handshake.isClient()
                        ? "Look at what was sent: keytool -list -v -keystore STORE"
                                + alias(handshake)
                                        .map(alias -> " -alias " + alias)
                                        .orElse("") + "."
                        : "Look at it as the client does: openssl s_client -connect HOST:PORT -showcerts.");
        return fix;
    }

    static String reason(Handshake handshake, List<X509Certificate> ours) {
        return OwnCertificateFaults.of(handshake).first().orElseGet(() -> unknown(handshake, ours));
    }

    private static String unknown(Handshake handshake, List<X509Certificate> ours) {
        String issuer = ours.get(ours.size() - 1).getIssuerX500Principal().getName();
        return OwnCertificateFaults.listsAuthority(handshake, ours)
                ? "nothing in our chain shows it, and the server's CertificateRequest lists " + issuer
                        + ": the server may require another subject, or may have found it revoked"
                : "our authority may be unknown there: " + issuer;
    }

    private static Optional<String> alias(Handshake handshake) {
        return handshake.keyPairs().stream()
                .map(pair -> pair.text(Field.ALIAS))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A valid entry of the same issuer and key type, if ours is outside its validity period. */
    private static Optional<KeyEntry> better(Handshake handshake, List<X509Certificate> ours) {
        X509Certificate leaf = ours.get(0);
        if (handshake.configuration() == null || isValid(handshake, leaf)) {
            return Optional.empty();
        }
        return handshake.configuration().keyEntries().stream()
                .filter(entry -> !entry.chain().isEmpty())
                .filter(entry -> isValid(handshake, entry.chain().get(0)))
                .filter(entry -> entry.chain()
                        .get(0)
                        .getPublicKey()
                        .getAlgorithm()
                        .equals(leaf.getPublicKey().getAlgorithm()))
                .filter(entry -> entry.chain().get(0).getIssuerX500Principal().equals(leaf.getIssuerX500Principal()))
                .findFirst();
    }

    /** An entry that fits what the server lists, if ours does not: a key manager of the application's takes what it wants. */
    private static Optional<KeyEntry> listed(Handshake handshake, List<X509Certificate> ours) {
        if (handshake.configuration() == null
                || !handshake.isClient()
                || OwnCertificateFaults.listsAuthority(handshake, ours)) {
            return Optional.empty();
        }
        return AliasChoices.of(handshake).stream()
                .filter(alias -> alias.reason() == AliasVerdict.Reason.OTHER_TAKEN)
                .flatMap(alias -> handshake.configuration().keyEntries().stream()
                        .filter(entry -> entry.alias().equals(alias.alias())))
                .filter(entry -> isValid(handshake, entry.chain().get(0)))
                .filter(entry -> OwnCertificateFaults.listsAuthority(handshake, entry.chain()))
                .findFirst();
    }

    private static String chosenBy(Handshake handshake) {
        return handshake.configuration() == null
                ? "the key manager"
                : handshake
                        .configuration()
                        .keyManager()
                        .map(name -> "the key manager " + name)
                        .orElse("the key manager");
    }

    private static boolean isValid(Handshake handshake, X509Certificate certificate) {
        Instant now = Instant.ofEpochSecond(0, handshake.failureNanos());
        return !now.isAfter(certificate.getNotAfter().toInstant())
                && !now.isBefore(certificate.getNotBefore().toInstant());
    }
}
