package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.ListedAuthorities;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** client-certificate-missing: the server requires a certificate, and the client sent an empty Certificate message. */
final class ClientCertificateMissing implements Cause {
    static final CauseId CLIENT_CERTIFICATE_MISSING = CauseId.of(
            "client-certificate-missing",
            FixedBy.CLIENT,
            "The server demands a client certificate, and the client sent none.",
            "an empty Certificate message; the CertificateRequest beside what the key manager had",
            "Give the client a certificate of an authority and key type that the server asks for.",
            "RFC 8446, 4.4.2.4; RFC 5246, 7.4.6");

    /** bad_certificate, handshake_failure, certificate_required (RFC 8446, 4.4.2.4; RFC 5246, 7.4.6). */
    private static final AlertDescription[] ALERTS = {
        AlertDescription.HANDSHAKE_FAILURE, AlertDescription.BAD_CERTIFICATE, AlertDescription.CERTIFICATE_REQUIRED
    };

    private static final String ALIAS = "alias ";
    private static final String KEY_STORE = "javax.net.ssl.keyStore";
    private static final String NO_MANAGER = "sun.security.ssl.DummyX509KeyManager";

    @Override
    public List<CauseId> ids() {
        return List.of(CLIENT_CERTIFICATE_MISSING);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean client = handshake.isClient();
        boolean empty = handshake.hasEmptyCertificate(client);
        boolean told = client ? handshake.received(ALERTS) : handshake.raised(ALERTS);
        // The server's alert may be in the socket when our own write fails, and never be read.
        boolean lost = client && handshake.raised() && isGone(handshake) && isUnanswered(handshake);
        // What GnuTLS makes of an empty Certificate before TLS 1.3.
        boolean gnutls = client && handshake.received(AlertDescription.DECODE_ERROR);
        return empty && (told || lost || gnutls)
                ? Optional.of(finding(handshake, told ? Confidence.CERTAIN : Confidence.LIKELY))
                : Optional.empty();
    }

    /** True when an engine's application ended its inbound side because the peer's stream ended. */
    private static boolean isGone(Handshake handshake) {
        return handshake.broke() || handshake.streamEnded() || handshake.cameThrough(".SSLEngineImpl.closeInbound(");
    }

    /**
     * True when the server sent nothing after the client's Finished, which would mean that it accepted the client
     * without a certificate.
     */
    private static boolean isUnanswered(Handshake handshake) {
        boolean established = handshake.failure() != null && handshake.failure().flag(Field.NEGOTIATED);
        return !established
                || (handshake.failedUnanswered()
                        && handshake.message(HandshakeType.KEY_UPDATE, true).isEmpty());
    }

    private static Finding finding(Handshake handshake, Confidence confidence) {
        List<Evidence> evidence = new ArrayList<>();
        List<String> fix = new ArrayList<>();
        evidence.add(new Evidence("client's Certificate message", "empty"));
        boolean passedOver = false;
        if (handshake.isClient()) {
            List<Evidence> keys = OfferedKeys.passedOver(handshake);
            passedOver = keys.stream().anyMatch(fact -> fact.what().startsWith(ALIAS));
            evidence.add(new Evidence(
                    "key selected by our key manager", handshake.keyPairs().isEmpty() ? "none" : "yes"));
            evidence.addAll(keys);
            ListedAuthorities.listedBy(handshake)
                    .ifPresent(names -> evidence.add(new Evidence("authorities that the server lists", names)));
            client(handshake, passedOver, evidence, fix);
        } else {
            handshake
                    .setUp(Field.CLIENT_AUTH)
                    .forEach(auth -> evidence.add(new Evidence("client authentication", auth)));
            fix.add(
                    "On the client, set a key manager with a certificate (-Djavax.net.ssl.keyStore, SSLContext.init) of an"
                            + " authority that this server's trust manager has.");
            fix.add("If the client is a proxy or load balancer that terminates TLS itself, it cannot pass a"
                    + " user's certificate on: have it pass TLS through, or give it a certificate of its own.");
        }
        return new Finding(
                CLIENT_CERTIFICATE_MISSING,
                confidence,
                !handshake.isClient()
                        ? "This server demands a client certificate, and the client sent none."
                        : passedOver
                                ? "The server demands a client certificate, and this client sent none: its key manager passed over"
                                        + " those that it has."
                                : isForeign(handshake)
                                        ? "The server demands a client certificate, and this client sent none: its key manager, "
                                                + manager(handshake) + ", returned none."
                                        : "The server demands a client certificate, and this client has none.",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix);
    }

    private static void client(Handshake handshake, boolean passedOver, List<Evidence> evidence, List<String> fix) {
        Optional<String> property = handshake.systemProperty(KEY_STORE);
        String manager = manager(handshake);
        Configuration configuration = handshake.configuration();
        if (isForeign(handshake)
                && handshake.isEngine()
                && configuration != null
                && configuration.isKeyManagerForSocketsAlone()) {
            fix.add("Have " + manager
                    + " extend X509ExtendedKeyManager and override chooseEngineClientAlias: the methods of"
                    + " javax.net.ssl.X509KeyManager are called for an SSLSocket only.");
        } else if (passedOver) {
            fix.add(
                    "Where a certificate's issuer is itself issued by an authority that the server lists, put the issuer's certificate"
                            + " into the chain of the alias: keytool -importcert -alias " + firstAlias(evidence)
                            + " -file CHAIN.pem -keystore "
                            + property.orElse("STORE") + ".");
            fix.add("Else give the client a certificate of one of those authorities and of a key type that the"
                    + " server accepts, or have the server list the issuer.");
        } else if (property.isPresent() && manager.equals(NO_MANAGER)) {
            evidence.add(new Evidence(
                    "key store",
                    "-D" + KEY_STORE + "=" + property.get()
                            + " is set, and this connection's SSLContext was made without a key manager"));
            fix.add(
                    "Have the library use the property: SSLContext.getDefault(), or its own switch for system properties"
                            + " (useSystemProperties() in Apache HttpClient); an SSLContext of its own does not look at -D"
                            + KEY_STORE + ".");
            fix.add("Or give SSLContext.init the key managers of a KeyManagerFactory with " + property.get() + ".");
        } else {
            fix.add("On the client, set a key manager with a certificate (-D" + KEY_STORE + ", SSLContext.init).");
            fix.add("Its issuer and key type have to fit what the server's CertificateRequest lists.");
        }
    }

    private static String firstAlias(List<Evidence> evidence) {
        return evidence.stream()
                .filter(fact -> fact.what().startsWith(ALIAS))
                .map(fact -> fact.what().substring(ALIAS.length()))
                .findFirst()
                .orElse("ALIAS");
    }

    private static String manager(Handshake handshake) {
        return Optional.ofNullable(handshake.configuration())
                .flatMap(Configuration::keyManager)
                .orElse(NO_MANAGER);
    }

    private static boolean isForeign(Handshake handshake) {
        return !manager(handshake).startsWith("sun.security.ssl.");
    }
}
