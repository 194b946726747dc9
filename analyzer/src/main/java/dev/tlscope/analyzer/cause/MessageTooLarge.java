package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ContentType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * message-too-large: a handshake message or certificate chain exceeds JSSE's limit. JSSE rejects it at the message's
 * header, so that the message itself is not captured; its first record is.
 */
final class MessageTooLarge implements Cause {
    static final CauseId MESSAGE_TOO_LARGE = CauseId.of(
            "message-too-large",
            FixedBy.EITHER,
            "A handshake message, or the peer's chain, is longer than this JVM accepts.",
            "the length in the message's header, or the number of certificates, beside the limit and its property",
            "Send less from the peer, or raise -Djdk.tls.maxHandshakeMessageSize or -Djdk.tls.maxCertificateChainLength.",
            "RFC 8446, 4; RFC 8446, 4.4.2");

    private static final String SIZE = "jdk.tls.maxHandshakeMessageSize";
    private static final int DEFAULT_SIZE = 32_768; // SSLConfiguration.maxHandshakeMessageSize
    private static final String CHAIN = "jdk.tls.maxCertificateChainLength";

    /** SSLConfiguration: ten; for a client's chain eight since the inbound properties exist. */
    private static final int DEFAULT_CHAIN = 10;

    private static final int DEFAULT_CLIENTS_CHAIN = 8;
    private static final int INBOUND_SINCE = 22;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern MAJOR = Pattern.compile("(?:1\\.)?(\\d{1,4})");

    private static final int HEADER = 5;

    /** Alerts that JSSE and others send for it. */
    private static final AlertDescription[] ALERTS = {
        AlertDescription.UNEXPECTED_MESSAGE,
        AlertDescription.HANDSHAKE_FAILURE,
        AlertDescription.BAD_CERTIFICATE,
        AlertDescription.ILLEGAL_PARAMETER,
        AlertDescription.DECODE_ERROR,
        AlertDescription.INTERNAL_ERROR
    };

    @Override
    public List<CauseId> ids() {
        return List.of(MESSAGE_TOO_LARGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (handshake.raised() && !TransportLoss.connectionLost(handshake)) {
            return message(handshake).or(() -> chain(handshake));
        }
        // The peer's alert may be in the socket when our own write fails, and is then never read.
        boolean lost = ConnectionLost.mayHaveLostAlert(handshake)
                && !handshake.certificates(true).isEmpty();
        return handshake.received(ALERTS) || lost ? sentChain(handshake) : Optional.empty();
    }

    private static Optional<Finding> message(Handshake handshake) {
        byte[] record = handshake.lastReceived();
        boolean inDecoder = handshake.cameThrough("InputRecord.decodeInputRecord(");
        if (!inDecoder
                || isEncrypted(handshake)
                || record == null
                || record.length < HEADER + 4
                || record[0] != ContentType.HANDSHAKE) {
            return Optional.empty();
        }
        int size = (record[HEADER + 1] & 0xff) << 16 | (record[HEADER + 2] & 0xff) << 8 | (record[HEADER + 3] & 0xff);
        int limit = number(handshake, SIZE).orElse(DEFAULT_SIZE);
        if (size <= limit) {
            return Optional.empty();
        }
        String name = HandshakeTypes.nameOf(record[HEADER] & 0xff);
        return Optional.of(new Finding(
                MESSAGE_TOO_LARGE,
                Confidence.CERTAIN,
                "The peer's " + name + " of " + size + " bytes is longer than this JVM accepts.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", name),
                        new Evidence("size", size + " bytes"),
                        new Evidence("limit", limit + " bytes, " + set(handshake, SIZE))),
                List.of(
                        "If the message is legitimate, raise the limit: -D" + SIZE + "="
                                + Integer.highestOneBit(size) * 2 + ".",
                        "A server's long list of accepted authorities, or a chain with needless certificates, can be cut at"
                                + " the peer.")));
    }

    /** Up to TLS 1.2 an encrypted record has this type too, and its message header cannot be read. */
    private static boolean isEncrypted(Handshake handshake) {
        Event failure = handshake.failure();
        List<Event> received = FailedRecord.received(handshake);
        // the failed record may not be captured; its keys are those of the record before it
        return (failure != null && failure.number(Field.EPOCH, 0) > 0)
                || (!received.isEmpty() && received.get(received.size() - 1).number(Field.EPOCH, 0) > 0);
    }

    private static Optional<Finding> chain(Handshake handshake) {
        int length = handshake.certificates(false).size();
        Limit limit = limit(handshake, handshake.isClient());
        boolean atTheMessage = handshake.cameThrough("CertificateMessage$T1");
        return atTheMessage && length > limit.value ? Optional.of(tooLong(handshake, length, limit)) : Optional.empty();
    }

    private static Finding tooLong(Handshake handshake, int length, Limit limit) {
        return new Finding(
                MESSAGE_TOO_LARGE,
                Confidence.CERTAIN,
                "The peer's chain of " + length + " certificates is longer than this JVM accepts.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", "Certificate"),
                        new Evidence("size", length + " certificates"),
                        new Evidence("limit", limit.value + " certificates, " + set(handshake, limit.property))),
                List.of(
                        "On the peer, send only the certificates that lead from the leaf to the root.",
                        "If all are needed, raise the limit: -D" + limit.property + "=" + length + "."));
    }

    /** The peer does not say why; if it is JSSE, it has these limits too. */
    private static Optional<Finding> sentChain(Handshake handshake) {
        int length = handshake.certificates(true).size();
        int usual = handshake.isClient() ? DEFAULT_CLIENTS_CHAIN : DEFAULT_CHAIN;
        return length <= usual
                ? Optional.empty()
                : Optional.of(new Finding(
                        MESSAGE_TOO_LARGE,
                        Confidence.LIKELY,
                        "The peer gave up after our chain of " + length
                                + " certificates, which is longer than most accept.",
                        FailureEvidence.with(
                                handshake,
                                new Evidence("message", "Certificate, ours"),
                                new Evidence("size", length + " certificates"),
                                new Evidence("limit", usual + " certificates in a JSSE by default"),
                                new Evidence("what would decide", "the peer's capture, or its log")),
                        List.of(
                                "Send only the certificates that lead from the leaf to the root.",
                                "On a JSSE peer, raise -D" + inbound(!handshake.isClient()) + " or -D" + CHAIN + ".")));
    }

    /** A limit, and the property that sets it. */
    private record Limit(int value, String property) {}

    private static Limit limit(Handshake handshake, boolean client) {
        String inbound = inbound(client);
        Optional<Integer> own = number(handshake, inbound);
        if (own.isPresent()) {
            return new Limit(own.get(), inbound);
        }
        Optional<Integer> both = number(handshake, CHAIN);
        if (both.isPresent()) {
            return new Limit(both.get(), CHAIN);
        }
        boolean hasInbound = handshake
                        .policy("java.runtime.version")
                        .map(MessageTooLarge::major)
                        .orElse(0)
                >= INBOUND_SINCE;
        return new Limit(!client && hasInbound ? DEFAULT_CLIENTS_CHAIN : DEFAULT_CHAIN, hasInbound ? inbound : CHAIN);
    }

    /** The major version in 17.0.15+6, 25 or 1.8.0_462-b08. */
    private static int major(String version) {
        Matcher number = MAJOR.matcher(version);
        return number.lookingAt() ? Integer.parseInt(number.group(1)) : 0;
    }

    private static String inbound(boolean client) {
        return "jdk.tls." + (client ? "client" : "server") + ".maxInboundCertificateChainLength";
    }

    private static String set(Handshake handshake, String property) {
        return "-D" + property + (number(handshake, property).isPresent() ? "" : " not set: the default");
    }

    private static Optional<Integer> number(Handshake handshake, String property) {
        return handshake
                .systemProperty(property)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Integer::valueOf);
    }
}
