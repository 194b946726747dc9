package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.ListedAuthorities;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.OwnCertificateFaults;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Configuration.KeyEntry;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.HandshakeType;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** Why each key of a client was rejected, from the server's CertificateRequest (RFC 8446, 4.3.2; RFC 5246, 7.4.4). */
final class OfferedKeys {
    private static final int MOST = 4;
    private static final int RSA_SIGN = 1;
    private static final int ECDSA_SIGN = 64;

    private OfferedKeys() {}

    /** One fact per alias, or one about a key manager whose aliases cannot be read. */
    static List<Evidence> passedOver(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        if (configuration == null) {
            return List.of();
        }
        String manager = configuration.keyManager().orElse("none");
        List<Evidence> facts = new ArrayList<>();
        if (!manager.startsWith("sun.security.ssl.")) {
            facts.add(new Evidence("key manager", foreign(handshake, configuration, manager)));
        } else if (configuration.keyEntries().isEmpty()) {
            facts.add(new Evidence("key manager", manager + ", without a private key"));
        }
        MessageFields decoded = MessageFields.of(handshake);
        Optional<DecodedMessage> request = decoded.last(HandshakeType.CERTIFICATE_REQUEST, false);
        Optional<Message> raw = handshake.message(HandshakeType.CERTIFICATE_REQUEST, false);
        for (KeyEntry entry : configuration.keyEntries()) {
            if (facts.size() < MOST) {
                facts.add(new Evidence(
                        "alias " + entry.alias(),
                        request.isPresent() && raw.isPresent()
                                ? reasons(
                                        handshake,
                                        entry,
                                        request.get(),
                                        raw.get().bytes())
                                : "the server's CertificateRequest was not captured"));
            }
        }
        return facts;
    }

    /** What is known about a manager other than JSSE's; JSSE's managers inside it are listed alias by alias. */
    private static String foreign(Handshake handshake, Configuration configuration, String manager) {
        if (manager.equals("none")) {
            return "none";
        }
        if (handshake.isEngine() && configuration.isKeyManagerForSocketsAlone()) {
            return manager
                    + ", the application's own, does not extend X509ExtendedKeyManager: JSSE does not ask it for"
                    + " an SSLEngine";
        }
        String types = AliasChoices.choices(handshake).stream()
                .flatMap(choice -> choice.texts(Field.KEY_TYPE).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return manager + ", the application's own, returned no alias" + (types.isEmpty() ? "" : " for " + types);
    }

    private static String reasons(Handshake handshake, KeyEntry entry, DecodedMessage request, byte[] bytes) {
        List<String> reasons = new ArrayList<>();
        if (entry.chain().isEmpty()) {
            return "has no certificate";
        }
        X509Certificate leaf = entry.chain().get(0);
        String type = leaf.getPublicKey().getAlgorithm();
        keyType(request, type).ifPresent(reasons::add);
        signatures(request, type).ifPresent(reasons::add);
        authorities(request, bytes, entry.chain()).ifPresent(reasons::add);
        Instant now = Instant.ofEpochSecond(0, handshake.failureNanos());
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            reasons.add("has expired on " + leaf.getNotAfter().toInstant());
        } else if (now.isBefore(leaf.getNotBefore().toInstant())) {
            reasons.add("is not valid before " + leaf.getNotBefore().toInstant());
        }
        OwnCertificateFaults.usage(leaf, false).ifPresent(reasons::add);
        return reasons.isEmpty() ? "fits what the server asks for" : "passed over: " + String.join("; ", reasons);
    }

    /** certificate_types, which TLS 1.3 no longer has. */
    private static Optional<String> keyType(DecodedMessage request, String type) {
        Optional<DecodedField> types = request.find("certificate_types");
        int needed = type.equals("RSA") ? RSA_SIGN : type.equals("EC") ? ECDSA_SIGN : -1;
        boolean taken = types.isEmpty()
                || needed < 0
                || types.get().children().stream().anyMatch(one -> one.number() == needed);
        return taken ? Optional.empty() : Optional.of("the server accepts no certificate of type " + type);
    }

    private static Optional<String> signatures(DecodedMessage request, String type) {
        List<String> schemes = new ArrayList<>(MessageFields.values(request, "supported_signature_algorithms"));
        schemes.addAll(
                MessageFields.values(request, "extensions", "signature_algorithms", "supported_signature_algorithms"));
        String family = type.equals("RSA") || type.equals("RSASSA-PSS")
                ? "rsa_"
                : type.equals("EC") ? "ecdsa_" : type.equals("EdDSA") ? "ed" : "";
        boolean taken =
                schemes.isEmpty() || family.isEmpty() || schemes.stream().anyMatch(scheme -> scheme.startsWith(family));
        return taken ? Optional.empty() : Optional.of("the server verifies no signature of a key of type " + type);
    }

    /** JSSE's key managers require an issuer of the chain to be among the authorities, if there are any. */
    private static Optional<String> authorities(DecodedMessage request, byte[] message, List<X509Certificate> chain) {
        List<X500Principal> listed = ListedAuthorities.of(request, message);
        boolean named = listed.isEmpty()
                || chain.stream().anyMatch(certificate -> listed.contains(certificate.getIssuerX500Principal()));
        return named
                ? Optional.empty()
                : Optional.of("its issuer "
                        + chain.get(chain.size() - 1).getIssuerX500Principal().getName()
                        + " is not among the authorities that the server lists: "
                        + Lists.few(listed.stream().map(X500Principal::getName).toList()));
    }
}
