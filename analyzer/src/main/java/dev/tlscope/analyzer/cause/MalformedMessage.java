package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * malformed-message: the peer's last message cannot be decoded, or has contents that are illegal here (RFC 8446, 6.2:
 * decode_error, illegal_parameter, unsupported_extension). JSSE may also send handshake_failure, unexpected_message or
 * nothing for it.
 */
final class MalformedMessage implements Cause {
    static final CauseId MALFORMED_MESSAGE = CauseId.of(
            "malformed-message",
            FixedBy.PEER,
            "The peer sent a message that cannot be decoded, or a value that is not allowed.",
            "the message, the field and the offset at which it does not parse",
            "Find out which TLS implementation the peer has, and its version.",
            "RFC 8446, 6.2");

    /** The alerts that JSSE raises for such a message; it raises none if an engine's task throws. */
    private static final AlertDescription[] ALERTS = {
        AlertDescription.UNEXPECTED_MESSAGE,
        AlertDescription.HANDSHAKE_FAILURE,
        AlertDescription.ILLEGAL_PARAMETER,
        AlertDescription.DECODE_ERROR,
        AlertDescription.PROTOCOL_VERSION,
        AlertDescription.INTERNAL_ERROR,
        AlertDescription.UNSUPPORTED_EXTENSION
    };

    private static final int RENEGOTIATION_SCSV = 0x00ff;

    /** The last part of the path to the malformed field. */
    private static final Pattern ITS_OWN_MARK = Pattern.compile("\\.?malformed(\\[\\d+])?$");

    /** The decoder's finding for a field with a wrong length. */
    private static final Pattern NAMED = Pattern.compile("(\\w+) (?:says|needs) ");

    private static final List<String> FIX = List.of(
            "Find out which TLS implementation the peer has, and its version: it, or something in between, made this message.",
            "Look at the bytes: tlscope show --hex CAPTURE, or open the capture in Wireshark.");

    @Override
    public List<CauseId> ids() {
        return List.of(MALFORMED_MESSAGE, EngineMisuse.ENGINE_MISUSE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (handshake.received(AlertDescription.DECODE_ERROR)) {
            return Optional.of(sentByUs(handshake));
        }
        if (!handshake.raised()
                || !(handshake.alert() < 0 || handshake.raised(ALERTS))
                || TransportLoss.connectionLost(handshake)) {
            return Optional.empty();
        }
        Optional<DecodedMessage> last = MessageFields.of(handshake).lastReceived();
        if (handshake.raised(AlertDescription.UNEXPECTED_MESSAGE)
                && last.filter(message -> UnexpectedMessage.isOutOfPlace(handshake, message))
                        .isPresent()) {
            return Optional.empty();
        }
        return last.flatMap(message -> malformed(handshake, message))
                .or(() -> last.flatMap(message -> illegal(handshake, message)))
                .or(() -> handshake.raised(AlertDescription.DECODE_ERROR)
                        ? last.map(message -> notFound(handshake, message))
                        : Optional.empty());
    }

    private static Optional<Finding> malformed(Handshake handshake, DecodedMessage message) {
        if (message.problems().isEmpty()) {
            return Optional.empty();
        }
        Optional<Finding> zeros = handshake.messages().stream()
                .filter(one -> !one.sent() && one.isHandshake())
                .reduce((one, later) -> later)
                .flatMap(last -> ZerosOffered.of(handshake, last.bytes()));
        return zeros.isPresent()
                ? zeros
                : message.problems().stream()
                        .findFirst()
                        .map(problem -> finding(
                                handshake,
                                "The peer's " + message.name() + " cannot be decoded: " + problem.value() + ".",
                                message.name(),
                                field(message, problem),
                                problem.offset(),
                                problem.value()));
    }

    /** The innermost named field that contains the offset. */
    private static String field(DecodedMessage message, DecodedField problem) {
        String path = ITS_OWN_MARK.matcher(message.pathAt(problem.offset())).replaceFirst("");
        if (!path.isEmpty()) {
            return path;
        }
        Matcher named = NAMED.matcher(problem.value());
        return named.lookingAt() ? named.group(1) : "the message itself";
    }

    /** Illegal contents of a ServerHello: it must select from what the ClientHello offered (RFC 8446, 4.1.3). */
    private static Optional<Finding> illegal(Handshake handshake, DecodedMessage message) {
        Optional<Hello> hello = handshake.clientHello();
        if (!handshake.isClient() || hello.isEmpty() || message.handshakeType() != HandshakeType.SERVER_HELLO) {
            return Optional.empty();
        }
        Optional<Integer> version = handshake.serverHello().map(Hello::version);
        Optional<Integer> unknown =
                version.filter(number -> ProtocolVersions.ofName(ProtocolVersions.nameOf(number)) == 0);
        if (unknown.isPresent()) {
            return Optional.of(noSuchVersion(handshake, message, unknown.get()));
        }
        if (version.filter(number -> !hello.get().offeredVersions().contains(ProtocolVersions.nameOf(number)))
                .isPresent()) {
            return Optional.empty(); // no-common-protocol: the rest belongs to a version that was not offered
        }
        boolean retry = message.name().equals("HelloRetryRequest");
        Optional<DecodedField> suite = message.find("cipher_suite")
                .filter(field -> !hello.get().cipherSuites().contains((int) field.number()));
        Optional<DecodedField> compression =
                message.find("legacy_compression_method").filter(field -> field.number() != 0);
        Optional<DecodedField> extension = message.find("extensions")
                .flatMap(list -> list.children().stream()
                        .filter(field -> !isOffered(hello.get(), (int) field.number())
                                && !(retry && field.number() == ExtensionType.COOKIE.number()))
                        .findFirst());
        Optional<DecodedField> share = message.find("extensions", "key_share", "server_share", "group")
                .filter(group -> hello.get().groups().contains((int) group.number())
                        && !sharedGroups(handshake).contains(group.number()));
        return suite.map(field ->
                        chosen(handshake, message, "cipher_suite", field.value() + ", which was not offered", field))
                .or(() -> compression.map(
                        field -> chosen(handshake, message, "legacy_compression_method", "not 0", field)))
                .or(() -> extension.map(field -> chosen(
                        handshake, message, "extensions." + field.name(), "an extension that was not offered", field)))
                .or(() -> share.map(field -> chosen(
                        handshake,
                        message,
                        "key_share.group",
                        field.value() + ", for which the last ClientHello has no share",
                        field)));
    }

    /** The groups of the last ClientHello's key shares. */
    private static List<Long> sharedGroups(Handshake handshake) {
        return MessageFields.of(handshake)
                .last(HandshakeType.CLIENT_HELLO, true)
                .flatMap(hello -> hello.find("extensions", "key_share", "client_shares"))
                .map(shares -> shares.children().stream()
                        .flatMap(entry -> entry.child("group").stream())
                        .map(DecodedField::number)
                        .toList())
                .orElse(List.of());
    }

    private static Finding noSuchVersion(Handshake handshake, DecodedMessage message, int version) {
        boolean selected = message.find("extensions", "supported_versions", "selected_version")
                .isPresent();
        String number = String.format("0x%04x", version);
        return finding(
                handshake,
                "The peer's " + message.name() + " chooses version " + number + ", which does not exist.",
                message.name(),
                selected ? "extensions.supported_versions.selected_version" : "legacy_version",
                message.find("legacy_version").map(DecodedField::offset).orElse(0),
                number + " (" + (version >>> 8) + "." + (version & 0xff) + ") is not a version of TLS");
    }

    /** The signalling cipher suite value is equivalent to an empty renegotiation_info (RFC 5746, 3.3). */
    private static boolean isOffered(Hello hello, int extension) {
        return hello.extensionTypes().contains(extension)
                || (extension == ExtensionType.RENEGOTIATION_INFO.number()
                        && hello.cipherSuites().contains(RENEGOTIATION_SCSV));
    }

    private static Finding chosen(
            Handshake handshake, DecodedMessage message, String field, String what, DecodedField at) {
        return finding(
                handshake,
                "The peer's " + message.name() + " has a value that is not allowed: " + field + " is " + what + ".",
                message.name(),
                field,
                at.offset(),
                what);
    }

    private static Finding finding(
            Handshake handshake, String summary, String message, String field, int offset, String what) {
        return new Finding(
                MALFORMED_MESSAGE,
                Confidence.CERTAIN,
                summary,
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", message),
                        new Evidence("field", field),
                        new Evidence("offset", offset + " (0 is the message's type)"),
                        new Evidence("what is wrong", what)),
                FIX);
    }

    /** JSSE found the message malformed, but the decoder here accepts it. */
    private static Finding notFound(Handshake handshake, DecodedMessage message) {
        return new Finding(
                MALFORMED_MESSAGE,
                Confidence.LIKELY,
                "The peer's " + message.name() + " was refused as malformed.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("message", message.name()),
                        new Evidence("field", "not found: the message decodes")),
                FIX);
    }

    private static Finding sentByUs(Handshake handshake) {
        return new Finding(
                MALFORMED_MESSAGE,
                Confidence.LIKELY,
                "The peer reports that it cannot decode what this " + handshake.role() + " sent last.",
                FailureEvidence.with(handshake, new Evidence("message", handshake.last(true) + ", ours")),
                List.of(
                        "Capture at the peer: a message that differs there was changed in between.",
                        "If it is the same there, one of the two implementations has a defect: try another version of either."));
    }
}
