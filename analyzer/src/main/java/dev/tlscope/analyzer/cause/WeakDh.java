package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.Policy;
import dev.tlscope.analyzer.evidence.PolicyEntry;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.HandshakeType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * weak-dh: the finite-field Diffie-Hellman group or public value is too weak for one side, or too large (RFC 7919, 3;
 * RFC 5246, 7.4.3).
 */
final class WeakDh implements Cause {
    static final CauseId WEAK_DH = CauseId.of(
            "weak-dh",
            FixedBy.EITHER,
            "A Diffie-Hellman group or public value is too weak for one side, or larger than it can handle.",
            "bits of dh_p and the value of dh_Ys or dh_Yc, beside the entry of jdk.tls.disabledAlgorithms",
            "Use ECDHE suites, or a group of 2048 bits or more on the server.",
            "RFC 7919, 5.1; RFC 9325, 4.1; RFC 5246, 7.4.3");

    /** The minimum of OpenSSL's security level 2, of browsers and of RFC 9325, 4.1. */
    private static final int USUAL_BITS = 2048;

    /** The largest that SunJCE generates keys for (DHKeyPairGenerator). */
    private static final int MOST_BITS = 8192;

    @Override
    public List<CauseId> ids() {
        return List.of(WEAK_DH);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (!handshake.failed() || TransportLoss.connectionLost(handshake)) {
            return Optional.empty();
        }
        MessageFields decoded = MessageFields.of(handshake);
        boolean server = !handshake.isClient();
        Optional<BigInteger> prime = number(decoded.content(HandshakeType.SERVER_KEY_EXCHANGE, server, "dh_p"));
        if (prime.isEmpty()) {
            return Optional.empty();
        }
        return server ? seenByServer(handshake, decoded, prime.get()) : seenByClient(handshake, decoded, prime.get());
    }

    private static Optional<Finding> seenByClient(Handshake handshake, MessageFields decoded, BigInteger prime) {
        boolean last = decoded.lastReceived(HandshakeType.SERVER_KEY_EXCHANGE, HandshakeType.SERVER_HELLO_DONE)
                .isPresent();
        if (!handshake.raised() || !last) {
            return Optional.empty();
        }
        Optional<PolicyEntry> rule =
                Policy.entryForSize(handshake, Policy.TLS, List.of("DH", "DiffieHellman"), prime.bitLength());
        Optional<BigInteger> value = number(decoded.content(HandshakeType.SERVER_KEY_EXCHANGE, false, "dh_Ys"));
        boolean improper = value.isPresent() && isImproper(value.get(), prime);
        boolean refused = rule.isPresent()
                || improper
                || prime.bitLength() > MOST_BITS
                || handshake.raised(AlertDescription.INSUFFICIENT_SECURITY);
        return refused
                ? Optional.of(finding(
                        handshake,
                        Confidence.CERTAIN,
                        improper
                                ? "The server's Diffie-Hellman public value is not valid in its group."
                                : "The server's Diffie-Hellman group of " + prime.bitLength()
                                        + " bits is not acceptable to this client.",
                        prime,
                        rule,
                        improper ? value : Optional.empty()))
                : Optional.empty();
    }

    private static Optional<Finding> seenByServer(Handshake handshake, MessageFields decoded, BigInteger prime) {
        Optional<BigInteger> value = number(decoded.content(HandshakeType.CLIENT_KEY_EXCHANGE, false, "dh_Yc"));
        if (handshake.raised() && value.isPresent() && isImproper(value.get(), prime)) {
            return Optional.of(finding(
                    handshake,
                    Confidence.CERTAIN,
                    "The client's Diffie-Hellman public value is not valid in the group.",
                    prime,
                    Optional.empty(),
                    value));
        }
        boolean refused = handshake.received(
                        AlertDescription.HANDSHAKE_FAILURE,
                        AlertDescription.ILLEGAL_PARAMETER,
                        AlertDescription.INSUFFICIENT_SECURITY)
                && handshake.message(HandshakeType.CLIENT_KEY_EXCHANGE, false).isEmpty()
                && prime.bitLength() < USUAL_BITS;
        return refused
                ? Optional.of(finding(
                        handshake,
                        Confidence.LIKELY,
                        "The client refused this server's Diffie-Hellman group of " + prime.bitLength() + " bits.",
                        prime,
                        Optional.empty(),
                        Optional.empty()))
                : Optional.empty();
    }

    /** True for 0, 1 and p - 1, which lead to secrets that anybody can compute (RFC 7919, 5.1). */
    private static boolean isImproper(BigInteger value, BigInteger prime) {
        return value.compareTo(BigInteger.ONE) <= 0 || value.compareTo(prime.subtract(BigInteger.ONE)) >= 0;
    }

    private static Finding finding(
            Handshake handshake,
            Confidence confidence,
            String summary,
            BigInteger prime,
            Optional<PolicyEntry> rule,
            Optional<BigInteger> value) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("dh_p", prime.bitLength() + " bits"));
        rule.ifPresent(entry -> evidence.add(new Evidence("rule", entry.text() + " in " + Policy.TLS)));
        value.ifPresent(number -> evidence.add(new Evidence(
                "public value",
                number.bitLength() <= 8 ? number.toString() : number.bitLength() + " bits, out of range")));
        if (!handshake.isClient()) {
            evidence.add(new Evidence(
                    "-Djdk.tls.ephemeralDHKeySize",
                    handshake.systemProperty("jdk.tls.ephemeralDHKeySize").orElse("not set")));
        }
        return new Finding(
                WEAK_DH,
                confidence,
                summary,
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                List.of(
                        "On the server use ECDHE suites, or a group of 2048 bits: -Djdk.tls.ephemeralDHKeySize=2048, openssl"
                                + " dhparam 2048, or an ffdhe group.",
                        "Leave the limit in jdk.tls.disabledAlgorithms where it is: smaller groups are broken in practice."));
    }

    private static Optional<BigInteger> number(Optional<byte[]> bytes) {
        return bytes.filter(content -> content.length > 0).map(content -> new BigInteger(1, content));
    }
}
