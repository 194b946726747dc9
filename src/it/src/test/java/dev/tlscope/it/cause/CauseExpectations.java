package dev.tlscope.it.cause;

import static dev.tlscope.it.cause.CauseExpectation.client;
import static dev.tlscope.it.cause.CauseExpectation.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The expected findings for each cell of dev.tlscope.it.cells, at both sides. */
final class CauseExpectations {
    /** The peer's alert may be lost with its connection; then stage and our own chain are the only evidence. */
    private static final String REFUSED = "peer-refused-certificate|connection-reset";

    private static final String GONE = "peer-closed|connection-reset|handshake-timeout";

    private static final String ANY = "certain|likely|possible";

    static final List<CauseExpectation> ALL = Stream.of(
                    keys(),
                    protection(),
                    certificates(),
                    lists(),
                    agreement(),
                    messages(),
                    sessions(),
                    application(),
                    lost())
            .flatMap(List::stream)
            .toList();

    private CauseExpectations() {}

    private static List<CauseExpectation> keys() {
        List<CauseExpectation> all = new ArrayList<>();
        for (String suite : List.of("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256")) {
            // A pre-master larger than the server's modulus ends the server at ClientKeyExchange: a client that is
            // still writing then gets a broken pipe, and the alert is lost.
            all.add(client("key-mismatch-" + suite, "key-mismatch|connection-reset", "likely|certain"));
            all.add(ownKey("key-mismatch-" + suite).fact("RSA pre-master", "wrong padding|not decrypted"));
        }
        all.add(client("key-mismatch-ECDHE_RSA", "key-mismatch", "likely"));
        all.add(client("key-mismatch-ECDSA", "key-mismatch", "likely"));
        all.add(client("key-mismatch-rsa", "key-mismatch", "likely"));
        all.add(client("key-mismatch-ec", "key-mismatch", "likely"));
        for (String family : List.of("ECDHE_RSA", "ECDSA", "rsa", "ec")) {
            all.add(ownKey("key-mismatch-" + family));
        }
        all.add(server("key-mismatch-client", "key-mismatch", "likely"));
        all.add(client("key-mismatch-client", "key-mismatch", "certain").fact("alias", "entry-0"));
        for (String family : List.of("no-usable-key-wrong-type", "no-usable-key-none", "no-usable-key-locked")) {
            all.add(server(family, "no-usable-key", "certain").fact("key selected", "^none"));
            all.add(refusedHello(family, "no-usable-key"));
        }
        all.add(server("no-usable-key-unanswered", "no-usable-key", "certain")
                .fact(
                        "key manager asked",
                        "^dev\\.tlscope\\.it\\.cells\\.NamelessKeyManager, .*EC.*server_name .*cells\\.test$")
                .fact("it answered", "^null each time$"));
        all.add(refusedHello("no-usable-key-unanswered", "no-usable-key"));
        all.add(server("no-usable-key-sockets-alone", "no-usable-key", "certain")
                .fact("key manager asked", "SocketKeyManager")
                .fact("it answered", "wrapper returns null")
                .fact("alias entry-0", "."));
        all.add(refusedHello("no-usable-key-sockets-alone", "no-usable-key"));
        all.add(server("no-usable-key-curve", "no-usable-key", "certain")
                .fact("signature schemes of the key", "^EC secp384r1")
                .fact("client's groups", "^secp256r1$"));
        all.add(server("no-usable-key-scheme", "no-common-signature-algorithm", "certain")
                .fact("signature schemes of the key", "^ecdsa_secp384r1_sha384$")
                .fact("client takes", "^ecdsa_secp256r1_sha256$"));
        return all;
    }

    private static List<CauseExpectation> protection() {
        return List.of(
                server("plaintext-alert", "peer-refused-certificate", "certain").fact("peer's alert", "unknown_ca"),
                client("plaintext-alert-server", "plaintext-alert", "certain").fact("peer's alert", "internal_error"),
                server("premaster-version", "premaster-version", "certain")
                        .fact("ClientHello's version", "^0x0303$")
                        .fact("pre-master's version", "^0x0302$"));
    }

    private static CauseExpectation ownKey(String family) {
        return server(family, "key-mismatch", "certain")
                .fact("certificate's key SHA-256", "^[0-9a-f]{64}$")
                .fact("private key's key SHA-256", "^[0-9a-f]{64}$")
                .fact("alias", "entry-0");
    }

    /** What a client sees when a server accepts no entry of its list. */
    private static CauseExpectation refusedHello(String family, String candidate) {
        return client(family, "no-common-cipher-suite|no-usable-key|no-common-group", "possible")
                .candidate(candidate)
                .fact("client offers", "TLS_");
    }

    private static List<CauseExpectation> certificates() {
        List<CauseExpectation> all = new ArrayList<>();
        refused(
                all,
                "untrusted-chain",
                "untrusted-chain",
                "likely",
                "issuer among the trust anchors",
                "^no",
                "stranger");
        for (String family : List.of("untrusted-chain", "untrusted-chain-client")) {
            CauseExpectation path = family.endsWith("client")
                    ? server(family, "untrusted-chain", "likely")
                    : client(family, "untrusted-chain", "likely");
            all.add(path.fact("chain as sent", "stranger issuing")
                    .fact("it stops at", "issued by CN=stranger root,O=nobody we know$")
                    .fact(
                            "trust anchor that would suffice",
                            "^CN=stranger root,O=nobody we know, with subject key identifier [0-9a-f]{40}$"));
        }
        refused(all, "intercepting-proxy", "intercepting-proxy", "likely", "interceptor", "Zscaler", "Zscaler");
        refused(all, "missing-intermediate", "missing-intermediate", ANY, "missing", "cells issuing", "intermediate");
        refused(all, "certificate-expired", "certificate-expired", "certain", "place in the chain", "^0", "expired");
        refused(
                all,
                "certificate-not-yet-valid",
                "certificate-not-yet-valid",
                "certain",
                "place in the chain",
                "^0",
                "not valid before");
        refused(all, "wrong-key-usage", "wrong-key-usage", "certain", "needed", "1\\.3\\.6\\.1", "usage");
        refused(all, "certificate-constraints", "certificate-constraints", "certain", "rule", "^MD5", "MD5|unknown");
        refused(all, "certificate-revoked", "certificate-revoked", "certain", "revoked", "KEY_COMPROMISE", ".");
        refused(
                all,
                "revocation-without-source",
                "certificate-revoked",
                "certain",
                "revocation status is published at",
                "^none$",
                ".");
        revocationUnknown(all, "not-asked", "^no: security property ocsp\\.enable is not set, ");
        revocationUnknown(all, "refused", "^yes, and got java\\.net\\.ConnectException: ");
        // the response was read to its end, or the connection was cut while the request was written
        revocationUnknown(all, "unanswered", "^yes, and got java\\.(net\\.SocketException|io\\.IOException): ");
        revocationUnknown(all, "silent", "^yes, and got java\\.net\\.SocketTimeoutException: ");
        all.add(client("empty-trust-store", "empty-trust-store", "certain").fact("trust anchors", "^0"));
        all.add(server("empty-trust-store", REFUSED + "|peer-alert", ANY));
        all.add(server("empty-trust-store-server", "empty-trust-store", "certain")
                .fact("trust anchors", "^0"));
        all.add(client("empty-trust-store-server", REFUSED + "|peer-alert", ANY));
        all.add(client("hostname-mismatch", "hostname-mismatch", "certain")
                .fact("host asked for", "cells\\.test$")
                .fact("certificate is valid for", "elsewhere\\.example"));
        all.add(server("hostname-mismatch", REFUSED, "certain|likely").fact("likely reason", "elsewhere\\.example"));
        for (String family : List.of("client-certificate-missing", "client-certificate-not-offered")) {
            all.add(server(family, "client-certificate-missing", "certain")
                    .fact("client's Certificate message", "empty")
                    .fact("client authentication", "CLIENT_AUTH_REQUIRED"));
            boolean has = family.endsWith("offered");
            all.add(client(family, "client-certificate-missing", "certain|likely")
                    .fact("key selected by our key manager", "none")
                    .fact(
                            has ? "alias entry-0" : "key manager",
                            has
                                    ? "CN=stranger root,O=nobody we know is not among the authorities"
                                    : "without a private key|^none$")
                    .orNothing());
        }
        return all;
    }

    /** Cells whose certificate names a responder. */
    private static void revocationUnknown(List<CauseExpectation> all, String how, String asked) {
        refused(
                all,
                "revocation-" + how,
                "certificate-revoked",
                "certain",
                ".",
                expected -> expected.fact("revocation status is published at", "^http://127\\.0\\.0\\.1:[0-9]+/ocsp$")
                        .fact("asked", asked));
    }

    /**
     * A flaw in the server's certificate that its client detects, and the same in the client's that the server detects.
     */
    private static void refused(
            List<CauseExpectation> all,
            String family,
            String cause,
            String confidence,
            String what,
            String value,
            String reason) {
        refused(all, family, cause, confidence, reason, expected -> expected.fact(what, value));
    }

    private static void refused(
            List<CauseExpectation> all,
            String family,
            String cause,
            String confidence,
            String reason,
            UnaryOperator<CauseExpectation> facts) {
        all.add(facts.apply(client(family, cause, confidence)));
        all.add(server(family, REFUSED, ANY).fact("likely reason", reason));
        all.add(facts.apply(server(family + "-client", cause, confidence)));
        // In TLS 1.3 a client has completed when it is rejected: over a socket that is closed it may see nothing at
        // all.
        all.add(client(family + "-client", REFUSED, ANY).orNothing());
    }

    private static List<CauseExpectation> lists() {
        List<CauseExpectation> all = new ArrayList<>();
        all.add(client("no-common-protocol", "no-common-protocol", "certain")
                .fact("client offers", "^TLSv1\\.[23]$")
                .fact("versions not offered", "^TLSv1\\.[23], .*: the application's own list of versions"));
        all.add(server("no-common-protocol", "no-common-protocol", "certain")
                .fact("server speaks", "^TLSv1\\.[23]$")
                .fact("versions not accepted", "^TLSv1\\.[23]: the application's own list of versions"));
        all.add(server("no-common-cipher-suite", "no-common-cipher-suite", "certain")
                .fact("common", "^none$")
                .fact("suites not accepted", "AES_256_GCM_SHA384: the application's own list of suites"));
        all.add(refusedHello("no-common-cipher-suite", "no-common-cipher-suite"));
        all.add(client("protocol-disabled", "protocol-disabled", "certain")
                .fact("configured protocols", "^TLSv1$")
                .fact("removed by policy", "TLSv1"));
        all.add(server("protocol-disabled", "peer-closed", "certain|likely").orNothing());
        all.add(server("protocol-disabled-server", "protocol-disabled", "certain")
                .fact("configured protocols", "^TLSv1$")
                .fact("removed by policy", "TLSv1"));
        all.add(client("protocol-disabled-server", "peer-closed|peer-alert|no-common-cipher-suite", ANY)
                .orNothing());
        all.add(client("protocol-disabled-suites", "protocol-disabled", "certain")
                .fact("configured protocols", "^TLSv1.3$"));
        all.add(server("protocol-disabled-suites", "peer-closed", "certain|likely")
                .orNothing());
        for (String role : List.of("client", "server")) {
            all.add(CauseExpectation.at(role, "no-common-alpn", "no-common-alpn", "certain")
                    .fact("client offers", "^h2$"));
            all.add(CauseExpectation.at(role, "unrecognized-name", "unrecognized-name", "certain")
                    .fact("server_name", "cells\\.test$"));
        }
        return all;
    }

    private static List<CauseExpectation> agreement() {
        return List.of(
                server("no-common-group", "no-common-group", "certain")
                        .fact("client's groups", "^(secp224r1|brainpoolP256r1tls13)$")
                        .fact("server's groups", "secp256r1"),
                client("no-common-group-chosen", "no-common-group", "certain")
                        .fact("client's groups", "secp256r1")
                        .fact("server's groups", "chose in (HelloRetryRequest|ServerKeyExchange)$"),
                server("no-common-signature-algorithm", "no-common-signature-algorithm", "certain")
                        .fact("client offers", "^ecdsa_brainpoolP256r1tls13_sha256$")
                        .fact("server has", "ecdsa_secp256r1_sha256"),
                client("no-common-signature-algorithm-chosen", "no-common-signature-algorithm", "certain")
                        .fact("peer signed its ServerKeyExchange with", "^ecdsa_brainpoolP256r1tls13_sha256$"),
                client("no-common-signature-algorithm-requested", "no-common-signature-algorithm", "certain")
                        .fact("server's CertificateRequest accepts", "^ecdsa_brainpoolP256r1tls13_sha256$")
                        .fact("client has", "ecdsa_secp256r1_sha256"),
                client("weak-dh", "weak-dh", "certain")
                        .fact("dh_p", "^512 bits$")
                        .fact("rule", "^DH keySize < 1024"),
                server("weak-dh-public-value", "weak-dh", "certain")
                        .fact("dh_p", "^1024 bits$")
                        .fact("public value", "^1$"),
                server("weak-dh-refused", "weak-dh", "likely")
                        .fact("dh_p", "^1024 bits$")
                        .fact("-Djdk.tls.ephemeralDHKeySize", "^1024$"));
    }

    private static List<CauseExpectation> messages() {
        List<CauseExpectation> all = new ArrayList<>(List.of(
                server("malformed-client-hello", "malformed-message", "certain")
                        .fact("message", "^ClientHello$")
                        .fact("field", "extensions\\.supported_groups")
                        .fact("offset", "^\\d+ "),
                client("malformed-server-hello", "malformed-message", "certain")
                        .fact("message", "^ServerHello$")
                        .fact("field", "extensions\\.(key_share|renegotiation_info)")
                        .fact("offset", "^\\d+ "),
                client("malformed-certificate", "malformed-message", "certain")
                        .fact("message", "^Certificate$")
                        .fact("offset", "^4 "),
                server("malformed-client-key-exchange", "malformed-message", "certain")
                        .fact("message", "^ClientKeyExchange$")
                        .fact("offset", "^4 "),
                client("illegal-suite", "malformed-message", "certain")
                        .fact("message", "^ServerHello$")
                        .fact("field", "^cipher_suite$"),
                server("unexpected-first-from-client", "unexpected-message", "certain")
                        .fact("received", "^Finished$")
                        .fact("expected", "ClientHello"),
                client("unexpected-first-from-server", "unexpected-message", "certain")
                        .fact("received", "^ServerHelloDone$")
                        .fact("expected", "ServerHello"),
                server("unexpected-certificate-verify", "unexpected-message", "certain")
                        .fact("received", "^CertificateVerify$")
                        .fact("expected", "ClientKeyExchange"),
                client("unexpected-finished", "unexpected-message", "certain")
                        .fact("received", "^Finished$")
                        .fact("expected", "Certificate"),
                server("message-too-large-client-hello", "message-too-large", "certain")
                        .fact("message", "^ClientHello$")
                        .fact("size", "^40\\d{3} bytes$")
                        .fact("limit", "^32768 bytes, -Djdk.tls.maxHandshakeMessageSize"),
                client("message-too-large-certificate", "message-too-large", "certain")
                        .fact("message", "^Certificate$")
                        .fact("size", "^40000 bytes$")));
        for (boolean client : new boolean[] {true, false}) {
            String family = "message-too-large-chain" + (client ? "" : "-client");
            all.add(
                    (client
                                    ? client(family, "message-too-large", "certain")
                                    : server(family, "message-too-large", "certain"))
                            .fact("size", "^13 certificates$")
                            .fact(
                                    "limit",
                                    "^(10|8) certificates, -Djdk\\.tls\\.(client\\.maxInbound|server\\.maxInbound|max)CertificateChainLength"));
            all.add(
                    client
                            ? server(family, "message-too-large|connection-reset", "likely")
                            : client(family, "message-too-large|connection-reset", "likely"));
        }
        return all;
    }

    private static List<CauseExpectation> sessions() {
        return List.of(
                client("resumption-without-extended-master-secret", "resumption-failed", "certain")
                        .fact("what changed", "^extended_master_secret$")
                        .fact("session", "^[0-9a-f]{64}$")
                        .fact("session made", "^20"),
                client("resumption-psk-refused", "resumption-failed", "likely")
                        .fact("what changed", "^pre_shared_key$"),
                client("resumption-psk-not-offered", "resumption-failed", "certain")
                        .fact("what changed", "^selected_identity$"),
                server("resumption-extended-master-secret-dropped", "resumption-failed", "certain")
                        .fact("what changed", "^extended_master_secret$"),
                server("resumption-binder", "resumption-failed", "certain").fact("what changed", "^binder$"),
                // the engine whose hello is altered in transit, and which then receives nothing
                client("resumption-extended-master-secret-dropped", GONE, "certain|likely")
                        .fact("received before", "^no whole TLS record$")
                        .over("engine")
                        .orNothing(),
                client("resumption-binder", GONE, "certain|likely")
                        .fact("received before", "^no whole TLS record$")
                        .over("engine")
                        .orNothing(),
                server("unsafe-renegotiation", "unsafe-renegotiation", "certain")
                        .fact("peer's renegotiation_info", "^0707$"),
                client("unsafe-renegotiation-server-hello", "unsafe-renegotiation", "certain")
                        .fact("peer's renegotiation_info", "^0707$"));
    }

    private static List<CauseExpectation> application() {
        String manager = "^dev\\.tlscope\\.it\\.cells\\.ApplicationCells\\$BrokenTrustManager$";
        return List.of(
                client("internal-trust-manager", "internal", "certain")
                        .fact("thrown by", manager)
                        .fact("which is", "client's trust manager \\(checkServerTrusted\\)")
                        .fact("exception", "^java\\.lang\\.IllegalStateException"),
                server("internal-trust-manager", REFUSED + "|peer-alert", "possible|likely"),
                server("internal-trust-manager-server", "internal", "certain")
                        .fact("thrown by", manager)
                        .fact("which is", "server's trust manager \\(checkClientTrusted\\)")
                        .fact("exception", "^java\\.lang\\.IllegalStateException"),
                client("internal-trust-manager-server", REFUSED + "|peer-alert", "possible|likely"),
                client("internal-refusing-trust-manager", "internal", "certain")
                        .fact("thrown by", manager)
                        .fact("exception", "^java\\.security\\.cert\\.CertificateException"),
                server("internal-refusing-trust-manager", REFUSED, ANY),
                client("internal-broken-deployment", "internal", "certain")
                        .fact("thrown by", manager)
                        .fact("exception", "^java\\.lang\\.NoClassDefFoundError: com/example/PolicyClient$"),
                // JSSE sends no alert for it: the peer only sees how the application closes the connection
                server("internal-broken-deployment", GONE + "|peer-refused-certificate|peer-alert|internal", ANY)
                        .orNothing());
    }

    private static List<CauseExpectation> lost() {
        return List.of(
                client("plaintext-http-server", "plaintext-peer", "certain").fact("looks like", "HTTP response"),
                client("plaintext-smtp-server", "plaintext-peer", "certain").fact("looks like", "SMTP"),
                client("plaintext-ssh-server", "plaintext-peer", "certain").fact("looks like", "SSH"),
                server("plaintext-http-client", "plaintext-client", "certain").fact("looks like", "HTTP request"),
                server("plaintext-proxy-client", "plaintext-client", "certain").fact("looks like", "PROXY"),
                server("lost-alert", "certificate-expired", "certain").fact("place in the chain", "^0"),
                client("lost-alert", "peer-refused-certificate", "likely").fact("likely reason", "expired"),
                server("late-alert", "certificate-expired", "certain").fact("place in the chain", "^0"),
                client("late-alert", "peer-refused-certificate", "certain|likely")
                        .fact("likely reason", "expired"),
                server("client-closed", "peer-closed", "certain|likely").fact("received before", "ClientHello"),
                server("client-reset", REFUSED, ANY).fact("stage", "last received ClientHello"),
                server("client-silent", "handshake-timeout", "certain|likely").fact("received before", "ClientHello"),
                client("server-closed", "peer-closed", "certain|likely")
                        .fact("received before", "^no whole TLS record$"),
                client("server-close-notify", "peer-closed", "certain").fact("peer's last alert", "close_notify"),
                client("server-canceled", "peer-alert", ANY).fact("alert received", "user_canceled"),
                client("server-reset", "connection-reset", "likely")
                        .candidate("no-common-protocol")
                        .fact("received before", "^no whole TLS record$"),
                client("server-silent", "handshake-timeout", "certain|likely")
                        .fact("received before", "^no whole TLS record$"));
    }
}
