package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.crypto.SignatureScheme;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.NotOffered;
import dev.tlscope.analyzer.evidence.Policy;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.analyzer.registry.SignatureSchemes;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.HandshakeType;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * no-common-signature-algorithm: the two sides' lists of schemes are disjoint, or a signature used a scheme that was
 * not offered (RFC 8446, 4.2.3; RFC 5246, 7.4.1.4.1).
 */
final class NoCommonSignatureAlgorithm implements Cause {
    static final CauseId NO_COMMON_SIGNATURE_ALGORITHM = CauseId.of(
            "no-common-signature-algorithm",
            FixedBy.EITHER,
            "The two sides have no signature scheme in common.",
            "signature_algorithms of the peer beside this side's",
            "Allow a common scheme, or use a key whose schemes the peer has.",
            "RFC 8446, 4.2.3; RFC 5246, 7.4.1.4.1");

    private static final String DISJOINT = "Client and server have no signature scheme in common.";

    @Override
    public List<CauseId> ids() {
        return List.of(NO_COMMON_SIGNATURE_ALGORITHM);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.raised() || TransportLoss.connectionLost(handshake)) {
            return Optional.empty();
        }
        MessageFields decoded = MessageFields.of(handshake);
        List<String> taken = handshake.isClient()
                ? decoded.last(HandshakeType.CERTIFICATE_REQUEST, false)
                        .map(NoCommonSignatureAlgorithm::listed)
                        .orElse(List.of())
                : offeredBy(handshake);
        // lists that have nothing in common say more than a key
        Optional<Finding> unusable =
                isDisjoint(taken, local(handshake)) ? Optional.empty() : UnusableOwnKey.of(handshake, taken);
        if (unusable.isPresent()) {
            return unusable;
        }
        Optional<DecodedMessage> last = decoded.lastReceived(
                HandshakeType.CLIENT_HELLO,
                HandshakeType.CERTIFICATE_REQUEST,
                HandshakeType.SERVER_KEY_EXCHANGE,
                HandshakeType.CERTIFICATE_VERIFY);
        HandshakeType type = last.map(DecodedMessage::handshakeType).orElse(null);
        if (last.isEmpty() || type == null) {
            return Optional.empty();
        }
        return switch (type) {
            case CLIENT_HELLO -> offered(handshake);
            case CERTIFICATE_REQUEST -> requested(handshake, last.get());
            case SERVER_KEY_EXCHANGE, CERTIFICATE_VERIFY -> chosen(handshake, last.get(), decoded);
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> offered(Handshake handshake) {
        List<String> theirs = offeredBy(handshake);
        if (handshake.isClient()) {
            return Optional.empty();
        }
        return isDisjoint(handshake)
                ? Optional.of(finding(handshake, DISJOINT, "client offers", theirs, "server has", local(handshake)))
                : forOwnKey(handshake, theirs);
    }

    /** True when the client offers no scheme that this server has. */
    static boolean isDisjoint(Handshake handshake) {
        return !handshake.isClient() && isDisjoint(offeredBy(handshake), local(handshake));
    }

    /** JSSE's text when it creates a ServerKeyExchange: the client's schemes do not match the selected key. */
    private static Optional<Finding> forOwnKey(Handshake handshake, List<String> theirs) {
        Hello hello = handshake.clientHello().orElse(null);
        List<X509Certificate> own = handshake.certificates(true);
        if (hello == null
                || own.isEmpty()
                || !FailureEvidence.said(handshake, "No supported signature algorithm for ")) {
            return Optional.empty();
        }
        PublicKey key = own.get(0).getPublicKey();
        boolean fitting = hello.signatureSchemes().stream()
                .anyMatch(code -> SignatureScheme.of(code)
                        .filter(scheme -> scheme.fits(key))
                        .isPresent());
        String type = key.getAlgorithm() + " key of " + Certificates.describe(own.get(0));
        return fitting
                ? Optional.empty()
                : Optional.of(
                        finding(handshake, DISJOINT, "client offers", theirs, "server signs with the", List.of(type)));
    }

    private static List<String> offeredBy(Handshake handshake) {
        return handshake.clientHello().map(Hello::signatureSchemes).orElse(List.of()).stream()
                .map(SignatureSchemes::nameOf)
                .toList();
    }

    /** Of a CertificateRequest. */
    private static List<String> listed(DecodedMessage request) {
        List<String> theirs = new ArrayList<>(MessageFields.values(request, "supported_signature_algorithms"));
        theirs.addAll(
                MessageFields.values(request, "extensions", "signature_algorithms", "supported_signature_algorithms"));
        return theirs;
    }

    private static Optional<Finding> requested(Handshake handshake, DecodedMessage request) {
        List<String> theirs = listed(request);
        return isDisjoint(theirs, local(handshake))
                ? Optional.of(finding(
                        handshake,
                        DISJOINT,
                        "server's CertificateRequest accepts",
                        theirs,
                        "client has",
                        local(handshake)))
                : Optional.empty();
    }

    /** Compares the scheme of a signature with what this side offered. */
    private static Optional<Finding> chosen(Handshake handshake, DecodedMessage signed, MessageFields decoded) {
        Optional<String> scheme = signed.find("algorithm").map(field -> field.value());
        List<String> asked = handshake.isClient()
                ? handshake.clientHello().map(Hello::signatureSchemes).orElse(List.of()).stream()
                        .map(SignatureSchemes::nameOf)
                        .toList()
                : asked(decoded);
        return scheme.isPresent() && !asked.isEmpty() && !asked.contains(scheme.get())
                ? Optional.of(finding(
                        handshake,
                        "The peer signed its " + signed.name() + " with " + scheme.get() + ", which this "
                                + handshake.role() + " had not offered.",
                        "peer signed its " + signed.name() + " with",
                        List.of(scheme.get()),
                        "this " + handshake.role() + " had offered",
                        asked))
                : Optional.empty();
    }

    private static List<String> asked(MessageFields decoded) {
        return decoded.last(HandshakeType.CERTIFICATE_REQUEST, true)
                .map(request -> {
                    List<String> schemes =
                            new ArrayList<>(MessageFields.values(request, "supported_signature_algorithms"));
                    schemes.addAll(MessageFields.values(
                            request, "extensions", "signature_algorithms", "supported_signature_algorithms"));
                    return List.copyOf(schemes);
                })
                .orElse(List.of());
    }

    private static List<String> local(Handshake handshake) {
        List<String> active = handshake.setUp(Field.ACTIVE_SIGNATURE_SCHEME);
        return active.isEmpty() ? handshake.setUp(Field.SIGNATURE_SCHEME) : active;
    }

    private static boolean isDisjoint(List<String> one, List<String> other) {
        return !one.isEmpty() && !other.isEmpty() && one.stream().noneMatch(other::contains);
    }

    private static Finding finding(
            Handshake handshake,
            String summary,
            String whatOne,
            List<String> one,
            String whatOther,
            List<String> other) {
        List<NotOffered> missing =
                NotOffered.among(NotOffered.ofKind(NotOffered.of(handshake), Kind.SIGNATURE_SCHEME), one);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(whatOne, Lists.few(one)));
        evidence.add(new Evidence(whatOther, Lists.few(other)));
        evidence.addAll(NotOffered.evidence(handshake, missing));
        evidence.add(new Evidence(Policy.TLS, handshake.policy(Policy.TLS).orElse("not captured")));
        List<String> fix = new ArrayList<>(NotOffered.fixes(handshake, missing));
        fix.add("Enable on one side a scheme that the other has: -Djdk.tls.client.SignatureSchemes,"
                + " -Djdk.tls.server.SignatureSchemes, SSLParameters.setSignatureSchemes (JDK 19).");
        fix.add("Else use a key of a type that the other side verifies.");
        return new Finding(
                NO_COMMON_SIGNATURE_ALGORITHM,
                Confidence.CERTAIN,
                summary,
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.copyOf(fix));
    }
}
