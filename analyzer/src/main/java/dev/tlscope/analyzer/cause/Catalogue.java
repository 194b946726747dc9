package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.finding.Reference;
import java.util.List;
import java.util.Optional;

/** All causes that tlscope tells apart: what they are, what decides, what to do. The documentation is made from it. */
public final class Catalogue {
    private static final List<Entry> ENTRIES = List.of(
            entry(
                    "key-mismatch",
                    "A private key is not the one of the certificate that is shown with it.",
                    "the key manager's pair, compared when it is first handed out; from the other side, the signature recomputed"
                            + " from the captured messages",
                    "Put certificate and key together again; compare the SHA-256 of both public keys before you deploy.",
                    "RFC 5246, 7.4.7.1; RFC 8446, 4.4.3"),
            entry(
                    "premaster-version",
                    "The client put another version into its RSA pre-master than into its ClientHello.",
                    "the first two bytes of the decrypted pre-master, beside the ClientHello's version",
                    "Mend or replace the client.",
                    "RFC 5246, 7.4.7.1"),
            entry(
                    "untrusted-chain",
                    "No trust anchor leads to the peer's chain.",
                    "the last issuer that the chain reaches, beside the trust manager's anchors by name and key identifier",
                    "Import the missing authority into the trust store that is named, if you do trust it.",
                    "RFC 5280, 6.1"),
            entry(
                    "missing-intermediate",
                    "The peer sent its certificate without the one of its issuer.",
                    "a gap in the chain as sent: an issuer that is neither in it nor an anchor, and no root",
                    "Send the full chain from the peer.",
                    "RFC 5246, 7.4.2; RFC 8446, 4.4.2"),
            entry(
                    "intercepting-proxy",
                    "A product in between opens the TLS connection and shows a certificate of its own.",
                    "the names in the chain are those of a known TLS-inspecting product",
                    "Import that product's authority, or have the host excepted from inspection.",
                    "RFC 5280, 6.1"),
            entry(
                    "empty-trust-store",
                    "The trust store holds no certificate authority at all.",
                    "the trust manager's number of anchors is 0",
                    "Name the right file: one that is missing counts as empty.",
                    "RFC 5280, 6.1.1"),
            entry(
                    "certificate-expired",
                    "A certificate of the peer's chain has ended.",
                    "the validator's reason, and its notAfter beside this JVM's clock",
                    "Renew it on the peer; or set the clock.",
                    "RFC 5280, 4.1.2.5"),
            entry(
                    "certificate-not-yet-valid",
                    "A certificate of the peer's chain is not valid yet.",
                    "the validator's reason, and its notBefore beside this JVM's clock",
                    "Set the clock of this machine, or have the certificate issued anew.",
                    "RFC 5280, 4.1.2.5"),
            entry(
                    "hostname-mismatch",
                    "The certificate is good, and of another host than was asked for.",
                    "the host asked for beside the subjectAltNames",
                    "Connect by a name of the certificate, or have this name added to it.",
                    "RFC 9525, 6; RFC 2818, 3.1"),
            entry(
                    "wrong-key-usage",
                    "The certificate is not meant for this role.",
                    "its extended key usage and key usage beside the peer's role",
                    "Have a certificate issued with serverAuth or clientAuth.",
                    "RFC 5280, 4.2.1.12; RFC 5280, 4.2.1.3"),
            entry(
                    "certificate-constraints",
                    "This JVM's policy forbids an algorithm or key size of the peer's chain, or one of its certificates breaks a"
                            + " constraint of the chain.",
                    "the validator's reason, index and words, with the entry of jdk.certpath.disabledAlgorithms or"
                            + " jdk.tls.disabledAlgorithms that fits",
                    "Have the certificate that is named issued anew, with what the rule asks for.",
                    "RFC 8446, 4.4.2.4; RFC 5280, 6.1"),
            entry(
                    "certificate-revoked",
                    "A certificate of the peer's chain is revoked, or whether it is could not be found out.",
                    "the validator's reason, with date and authority; or where it is told, whether this JVM asked there, and what it met",
                    "Replace the certificate on the peer; or let this side reach the responder or list.",
                    "RFC 5280, 5; RFC 6960, 2.2"),
            entry(
                    "peer-refused-certificate",
                    "The peer refused the certificate that this side sent.",
                    "the peer's alert, or its going after our Certificate; what it could dislike, computed from our own chain",
                    "Mend the likely reason that is named; the peer's own capture names the exact one.",
                    "RFC 8446, 6.2"),
            entry(
                    "client-certificate-missing",
                    "The server demands a client certificate, and the client sent none.",
                    "an empty Certificate message; the CertificateRequest beside what the key manager had",
                    "Give the client a certificate of an authority and key type that the server asks for.",
                    "RFC 8446, 4.4.2.4; RFC 5246, 7.4.6"),
            entry(
                    "no-common-protocol",
                    "The two sides have no TLS version in common.",
                    "both lists of versions",
                    "Enable a version on one side that the other speaks.",
                    "RFC 8446, 4.2.1"),
            entry(
                    "protocol-disabled",
                    "What this side has configured, minus the policy, leaves nothing to use.",
                    "the configured lists, and the entries of jdk.tls.disabledAlgorithms that remove from them",
                    "Configure a protocol that the policy allows, with suites that belong to it.",
                    "RFC 8996"),
            entry(
                    "no-common-cipher-suite",
                    "The two sides have no cipher suite in common.",
                    "both lists, disjoint",
                    "Enable on one side a suite that the other has.",
                    "RFC 8446, 4.1.1; RFC 5246, 7.4.1.3"),
            entry(
                    "no-usable-key",
                    "The server has suites in common with the client, and no private key for them.",
                    "the key manager handed out nothing although suites are common",
                    "Put a private key of the type into the key store that the suites and signature algorithms ask for.",
                    "RFC 8446, 4.4.2.2; RFC 5246, 7.4.2"),
            entry(
                    "no-common-group",
                    "The two sides have no group for the key exchange in common.",
                    "supported_groups of the client beside the server's",
                    "Enable a common group: -Djdk.tls.namedGroups, SSLParameters.setNamedGroups.",
                    "RFC 8446, 4.2.7; RFC 8422, 5.1.1"),
            entry(
                    "no-common-signature-algorithm",
                    "The two sides have no signature scheme in common.",
                    "signature_algorithms of the peer beside this side's",
                    "Allow a common scheme, or use a key whose schemes the peer has.",
                    "RFC 8446, 4.2.3; RFC 5246, 7.4.1.4.1"),
            entry(
                    "no-common-alpn",
                    "The two sides have no application protocol in common.",
                    "both ALPN lists",
                    "Let both list one protocol in common.",
                    "RFC 7301, 3.2"),
            entry(
                    "unrecognized-name",
                    "The server has no service of the name that the client asked for.",
                    "server_name of the ClientHello",
                    "Ask for a name that the server has, or add this one there.",
                    "RFC 6066, 3"),
            entry(
                    "weak-dh",
                    "A Diffie-Hellman group or public value is too weak for one side, or larger than it can handle.",
                    "bits of dh_p and the value of dh_Ys or dh_Yc, beside the entry of jdk.tls.disabledAlgorithms",
                    "Use ECDHE suites, or a group of 2048 bits or more on the server.",
                    "RFC 7919, 5.1; RFC 9325, 4.1; RFC 5246, 7.4.3"),
            entry(
                    "plaintext-peer",
                    "What the server answered with is no TLS.",
                    "the first bytes received",
                    "Connect to the TLS port, or do the protocol's own start (STARTTLS, CONNECT) first.",
                    "RFC 8446, 5.1"),
            entry(
                    "plaintext-client",
                    "A client sent something other than TLS to this TLS port.",
                    "the first bytes received, and the client's address",
                    "Find out who it is by the address; have it use TLS.",
                    "RFC 8446, 5.1"),
            entry(
                    "plaintext-alert",
                    "The peer sent its alert in plain text where an encrypted record was due.",
                    "a record of type 21 with two bytes: level and description",
                    "Look for the alert's own reason at the peer.",
                    "RFC 8446, 5.1; RFC 8446, 6"),
            entry(
                    "record-corrupted",
                    "A record does not verify although both sides' keys agree.",
                    "earlier records decrypted, this one's bytes fail; with both captures the first byte that differs",
                    "Look at what lies between the two ends.",
                    "RFC 8446, 5.2; RFC 5246, 6.2.3"),
            entry(
                    "record-desync",
                    "A record is as its sender made it, and came at another place than its own.",
                    "its MAC or tag verifies under a neighbouring sequence number, or it is an earlier record byte for byte",
                    "Look for what drops, repeats or reorders writes; see that nobody sends buffers twice or out of order.",
                    "RFC 8446, 5.3; RFC 5246, 6.1"),
            entry(
                    "engine-misuse",
                    "An application drives one SSLEngine in several threads, and sends or unwraps in another order.",
                    "with both captures the record that came early and the one that was due, wrapped by two threads of the sender,"
                            + " and where in the application, or addresses between which nothing takes TCP apart; at the"
                            + " receiver, the threads that unwrapped; alone, the threads that wrapped",
                    "Hold one lock around wrap and the write that follows it, and one around the read and unwrap, or let one thread"
                            + " do both.",
                    "RFC 8446, 5.3"),
            entry(
                    "transcript-altered",
                    "The two sides hashed different handshake messages.",
                    "with both captures the first handshake byte that differs; alone, verify_data or a transcript hash recomputed"
                            + " from the captured messages",
                    "Capture at both ends; look at what rewrites hellos in between.",
                    "RFC 8446, 4.4.1; RFC 5246, 7.4.9"),
            entry(
                    "secrets-diverged",
                    "The messages are the same at both sides, and a secret is not.",
                    "the key schedule recomputed from its inputs; with both captures the first secret that differs",
                    "Look at the provider that made the first wrong value.",
                    "RFC 8446, 7.1; RFC 5246, 8.1"),
            entry(
                    "unexpected-message",
                    "The peer sent a message that does not belong at this place.",
                    "state, messages expected, message received",
                    "Find the defect at the peer, or in what reorders in between.",
                    "RFC 8446, 4; RFC 5246, 7.3"),
            entry(
                    "malformed-message",
                    "The peer sent a message that cannot be decoded, or a value that is not allowed.",
                    "the message, the field and the offset at which it does not parse",
                    "Find out which TLS implementation the peer has, and its version.",
                    "RFC 8446, 6.2"),
            entry(
                    "message-too-large",
                    "A handshake message, or the peer's chain, is longer than this JVM takes.",
                    "the length in the message's header, or the number of certificates, beside the limit and its property",
                    "Send less from the peer, or raise -Djdk.tls.maxHandshakeMessageSize or -Djdk.tls.maxCertificateChainLength.",
                    "RFC 8446, 4; RFC 8446, 4.4.2"),
            entry(
                    "unsafe-renegotiation",
                    "A second handshake is refused, since the two sides cannot tell that it belongs to the first.",
                    "renegotiation_info of both hellos at the first handshake",
                    "Update the side without RFC 5746, or use TLS 1.3, and connect anew instead.",
                    "RFC 5746, 3; RFC 5746, 4"),
            entry(
                    "resumption-failed",
                    "A session was offered or taken up, and what the two sides hold of it differs.",
                    "the session and when it was made; binder, selected_identity, or extended_master_secret beside it",
                    "Look at what changed on the side that did not accept it: a restart, an update, servers without shared keys.",
                    "RFC 8446, 4.2.11; RFC 7627, 5.3; RFC 5246, 7.4.1.3"),
            entry(
                    "peer-closed",
                    "The peer closed the connection in the handshake without an alert.",
                    "what was received before the close, and the ClientHello's size; below an engine the end of its socket's stream",
                    "See that host and port are right; try another version and a shorter ClientHello.",
                    "RFC 8446, 6.1"),
            entry(
                    "connection-reset",
                    "The connection was reset in the handshake.",
                    "the stage, and which alert could have been lost at it; below an engine what its socket threw",
                    "Capture at the peer; look at firewalls in between.",
                    "RFC 8446, 6.2"),
            entry(
                    "handshake-timeout",
                    "The peer did not answer in time.",
                    "the stage, what was received before, and for how long it waited; who closed an engine's socket; with both captures, whether the peer's answer was lost",
                    "See whether the peer is stuck or overloaded, and whether the port speaks TLS.",
                    "RFC 8446, 4"),
            entry(
                    "close-without-notify",
                    "The peer closed an established connection without close_notify.",
                    "end of the stream with no alert before it",
                    "Harmless where the application's protocol knows its own end.",
                    "RFC 8446, 6.1"),
            entry(
                    "keystore-password",
                    "A key manager cannot open a private key with the password that it was given.",
                    "UnrecoverableKeyException out of the key store, under a key manager, with the alias",
                    "Give the key's own password, which may not be the store's (keytool -keypasswd).",
                    "RFC 7292, 4.2.2"),
            entry(
                    "internal",
                    "This side ended the handshake itself, by an exception that is no other cause, or gave it up.",
                    "the exception and its stack; the class that threw it, when JSSE had called the application's code; whose turn it was, and who closed the socket",
                    "Read the exception from its last link; look at the class that is named.",
                    "RFC 8446, 6.2"),
            entry(
                    "peer-alert",
                    "The peer ended the handshake with an alert that nothing captured here explains.",
                    "the alert, and the stage at which it came",
                    "Look at the peer's side: its log or its capture.",
                    "RFC 8446, 6.2"));

    /**
     * A cause.
     *
     * @param id stable
     * @param meaning what it is, one sentence
     * @param decides the evidence that decides
     * @param fix what to do, in short
     */
    public record Entry(String id, String meaning, String decides, String fix, List<Reference> references) {}

    private Catalogue() {}

    /** All, in the catalogue's order. */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The entry of that id. */
    public static Optional<Entry> of(String id) {
        return ENTRIES.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    private static Entry entry(String id, String meaning, String decides, String fix, String references) {
        return new Entry(id, meaning, decides, fix, Reference.parse(references));
    }
}
